namespace AutoSlim.Tests.Common;

/// <summary>A supernet of one epoch, slimmed to two networks: what retrain begins with. Made once; every test works on a copy.</summary>
public sealed class SlimmedRun : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    public const string Network = "mobilenet_v1";

    public string Data => Path.Combine(folder.Path, "data");

    public async ValueTask InitializeAsync()
    {
        SmallImages.Write(Data);
        var run = Path.Combine(folder.Path, "run");
        await Succeeds("train", Network, "--data", Data, "--out", run, "--epochs", "1", "--search-images", "50", "--threads", "1");
        await Succeeds("slim", run, "--target", "large: macs<=3M", "--target", "small: macs<=1M", "--blocks", "3", "--unhealthy");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A run folder of the caller's own.</summary>
    public string Copy(string name)
    {
        var (from, to) = (Path.Combine(folder.Path, "run"), Path.Combine(folder.Path, name));
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return to;
    }

    internal static async Task<CommandLine> Succeeds(params IReadOnlyList<string> arguments)
    {
        var run = await CommandLine.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Problems));
        return run;
    }
}
