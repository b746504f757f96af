using AutoSlim.Profiling;

namespace AutoSlim.Tests.Profiling;

public sealed class ScratchFolderTests
{
    private readonly string prefix = $"autoslim-scratch-{Guid.NewGuid():N}-";

    [Fact]
    public void It_is_gone_with_what_is_in_it_once_it_is_disposed()
    {
        using (var folder = new ScratchFolder(prefix))
        {
            File.WriteAllText(Path.Combine(folder.Path, "file"), "content");
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
        }

        Assert.Empty(Left());
    }

    [Fact]
    public void One_that_is_in_use_is_left_alone()
    {
        using var first = new ScratchFolder(prefix);
        File.WriteAllText(Path.Combine(first.Path, "file"), "content");
        using var second = new ScratchFolder(prefix);
        Assert.True(File.Exists(Path.Combine(first.Path, "file")));
        Assert.NotEqual(first.Path, second.Path);
    }

    [Fact]
    public void One_whose_process_was_killed_is_deleted_by_the_next()
    {
        var abandoned = Path.Combine(Path.GetTempPath(), prefix + "killed");
        Directory.CreateDirectory(Path.Combine(abandoned, "within"));
        File.WriteAllText(Path.Combine(abandoned, "within", "file"), "content");
        File.WriteAllText(abandoned + ".lock", "");
        using (new ScratchFolder(prefix)) Assert.False(Directory.Exists(abandoned));
        Assert.Empty(Left());
    }

    [Fact]
    public void One_that_was_deleted_by_somebody_else_is_no_fault()
    {
        var folder = new ScratchFolder(prefix);
        Directory.Delete(folder.Path);
        folder.Dispose();
        Assert.Empty(Left());
    }

    private string[] Left() => Directory.GetFileSystemEntries(Path.GetTempPath(), prefix + "*");
}
