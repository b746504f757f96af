using AutoSlim.Files;

namespace AutoSlim.Tests.Files;

public sealed class FileClaimTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("autoslim-test-").FullName;

    private string Target => Path.Combine(folder, "run", "trace.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Who_comes_second_is_told_what_to_do_and_may_come_again_later()
    {
        using (Take(Target))
            Assert.StartsWith($"another autoslim works on '{Target}'", Assert.Throws<IOException>(() => Take(Target)).Message, StringComparison.Ordinal);
        Take(Target).Dispose();
    }

    [Fact]
    public async Task Who_comes_shortly_before_the_first_has_ended_waits_for_it()
    {
        var first = Take(Target);
        var second = Task.Run(() => FileClaim.Take(Target, TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public void Two_files_of_one_folder_are_claimed_apart()
    {
        using var first = Take(Target);
        Take(Path.Combine(folder, "run", "supernet.safetensors")).Dispose();
        Assert.False(File.Exists(Target));
    }

    private static FileClaim Take(string path) => FileClaim.Take(path, TimeSpan.Zero);
}
