using System.Text.Json;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

public sealed class VerbChainTests
{
    private const string Network = "mobilenet_v3_small";

    [Fact]
    public async Task The_verbs_one_after_another_make_a_network_within_a_budget_of_multiply_adds()
    {
        using var folder = new TemporaryFolder();
        var (data, run) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "run"));
        SmallImages.Write(data);
        await RefusesAnAbsentGpu(data, run);
        await Succeeds("train", Network, "--data", data, "--out", run, "--epochs", "1", "--search-images", "50", "--threads", "1");
        Assert.Equal(2, (await CommandLine.RunAsync("train", Network, "--data", data, "--out", run)).ExitCode);
        await RefusesOtherRandomMembers(data, run);
        Assert.Contains("macs<=", Assert.Single((await CommandLine.RunAsync("slim", run, "--target", "x: macs<=1K")).Problems), StringComparison.Ordinal);
        var unhealthy = await CommandLine.RunAsync("slim", run, "--target", "half: macs<=1M");
        Assert.Equal(1, unhealthy.ExitCode);
        Assert.Contains("--unhealthy", unhealthy.Problems[^1], StringComparison.Ordinal);
        var early = await CommandLine.RunAsync("slim", run, "--target", "half: latency@nobody<=1ms", "--connect-timeout", "1");
        Assert.Contains("--unhealthy", Assert.Single(early.Problems, problem => problem.Contains("unhealthy", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(early.Problems, problem => problem.Contains("nobody", StringComparison.Ordinal));
        await Succeeds("slim", run, "--target", "half: macs<=1M", "--blocks", "3", "--search", "exhaustive", "--score", "error", "--unhealthy");
        Assert.Equal(2, (await CommandLine.RunAsync("verify", run)).ExitCode);
        await Succeeds("retrain", run, "--epochs", "1");
        Assert.Equal(2, (await CommandLine.RunAsync("export", run, "--target", "hald")).ExitCode);
        await Succeeds("export", run, "--target", "half");
        await GoesOnWhereTheImagesAre(data, run);
        var described = JsonDocument.Parse((await Succeeds("describe", Network, "--channels", Path.Combine(run, "half", "channels.json"), "--json")).Output);
        Assert.InRange(described.RootElement.GetProperty("multiplyAdds").GetInt64(), 1, 1_100_000);
    }

    private static async Task<CommandLine> Succeeds(params string[] arguments)
    {
        var run = await CommandLine.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Problems));
        return run;
    }

    private static async Task GoesOnWhereTheImagesAre(string data, string run)
    {
        var moved = data + "-moved";
        Directory.Move(data, moved);
        var lost = await CommandLine.RunAsync("retrain", run, "--epochs", "1");
        Assert.Equal(2, lost.ExitCode);
        Assert.StartsWith($"autoslim: the run's images were in '{data}', which is not there", Assert.Single(lost.Problems), StringComparison.Ordinal);
        await Succeeds("train", Network, "--data", moved, "--out", run, "--resume", "--epochs", "1", "--search-images", "50", "--threads", "1");
        await Succeeds("retrain", run, "--epochs", "1");
    }

    private static async Task RefusesOtherRandomMembers(string data, string run)
    {
        string[] begun = ["train", Network, "--data", data, "--out", run, "--resume", "--epochs", "1", "--search-images", "50", "--threads", "1"];
        var refused = await CommandLine.RunAsync([.. begun, "--random-members", "3"]);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("supernet.randomMembers was 2, now 3", string.Join('\n', refused.Problems), StringComparison.Ordinal);
    }

    /// <summary>Never trains on the processor instead, and leaves the folder free for a run on it.</summary>
    private static async Task RefusesAnAbsentGpu(string data, string run)
    {
        var refused = await CommandLine.RunAsync("train", Network, "--data", data, "--out", run, "--device", "cuda:250", "--search-images", "50");
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("autoslim: cuda:250: this ", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run, "run.json")));
    }
}
