using AutoSlim.Files;

namespace AutoSlim.Tests.Files;

public sealed class WholeFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("autoslim-test-").FullName;

    private string Target => Path.Combine(folder, "deeper", "file.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_write_makes_the_folder_and_leaves_nothing_else()
    {
        WholeFile.WriteText(Target, "old");
        WholeFile.WriteText(Target, "néw");
        Assert.Equal("néw", File.ReadAllText(Target));
        Assert.Equal(4, new FileInfo(Target).Length);
        Assert.Equal(Target, Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Target)!)));
    }

    [Fact]
    public void An_interrupted_write_leaves_the_old_file()
    {
        WholeFile.WriteText(Target, "old");
        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(Target, stream =>
        {
            stream.Write("ne"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void What_a_killed_writer_left_is_deleted_and_nothing_else()
    {
        WholeFile.ForgetInterrupted(Target);
        WholeFile.WriteText(Target, "old");
        string In(string name) => Path.Combine(Path.GetDirectoryName(Target)!, name);
        string[] others = [In(".file.json.lock"), In(".file.json5.a1b2c3d4.e5f"), In("file.json.a1b2c3d4.e5f")];
        foreach (var path in others.Append(In($".file.json.{Path.GetRandomFileName()}"))) File.WriteAllText(path, "half");
        WholeFile.ForgetInterrupted(Target);
        Assert.Equal(others.Append(Target).Order(StringComparer.Ordinal), Directory.GetFiles(Path.GetDirectoryName(Target)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_reader_sees_the_old_file_while_the_new_one_is_written()
    {
        WholeFile.WriteText(Target, "old");
        WholeFile.Write(Target, stream =>
        {
            stream.Write("new"u8);
            Assert.Equal("old", File.ReadAllText(Target));
        });
        Assert.Equal("new", File.ReadAllText(Target));
    }
}
