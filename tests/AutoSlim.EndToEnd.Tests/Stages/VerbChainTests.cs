using System.Text.Json;
using AutoSlim.EndToEnd.Tests.Commands;

namespace AutoSlim.EndToEnd.Tests.Stages;

public sealed class VerbChainTests
{
    [Theory]
    [InlineData("mobilenet_v3_small", "macs<=1M", 1_100_000, "exhaustive", "error")]
    [InlineData("mobilenet_v1", "latency@local<=100ms, memory@local<=10MB, macs<=3M", 3_500_000, "fast", "loss")]
    public async Task The_verbs_one_after_another_make_a_verified_network(string network, string budget, long multiplyAdds, string search, string score)
    {
        using var folder = new TemporaryFolder();
        var (data, run, profiles) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "run"), Path.Combine(folder.Path, "profiles"));
        SmallImages.Write(data);
        await RefusesAnAbsentGpu(network, data, run);
        await Succeeds("train", network, "--data", data, "--out", run, "--epochs", "1", "--search-images", "50", "--threads", "1");
        Assert.Equal(2, (await CommandLine.RunAsync("train", network, "--data", data, "--out", run)).ExitCode);
        Assert.Contains("macs<=", Assert.Single((await CommandLine.RunAsync("slim", run, "--target", "x: macs<=1K")).Problems), StringComparison.Ordinal);
        var unhealthy = await CommandLine.RunAsync("slim", run, "--target", $"half: {budget}", "--profiles", profiles, "--unsteady");
        Assert.Equal(1, unhealthy.ExitCode);
        Assert.Contains("--unhealthy", unhealthy.Problems[^1], StringComparison.Ordinal);
        await Succeeds("slim", run, "--target", $"half: {budget}", "--blocks", "3", "--search", search, "--score", score, "--profiles", profiles, "--unhealthy", "--unsteady");
        Assert.Contains("\"settled\": true", await File.ReadAllTextAsync(Path.Combine(run, "settling.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(2, (await CommandLine.RunAsync("verify", run, "--profiles", profiles)).ExitCode);
        await Succeeds("retrain", run, "--epochs", "1");
        await Succeeds("export", run);
        if (budget.Contains("@local", StringComparison.Ordinal)) await VerifyAsync(run, profiles);
        var described = JsonDocument.Parse((await Succeeds("describe", network, "--channels", Path.Combine(run, "half", "channels.json"), "--json")).Output);
        Assert.InRange(described.RootElement.GetProperty("multiplyAdds").GetInt64(), 1, multiplyAdds);
    }

    private static async Task<CommandLine> Succeeds(params string[] arguments)
    {
        var run = await CommandLine.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Problems));
        return run;
    }

    /// <summary>On the device whose table the search measured: another network's would take this test minutes.</summary>
    private static async Task VerifyAsync(string run, string profiles)
    {
        var verified = JsonDocument.Parse((await Succeeds("verify", run, "--profiles", profiles, "--unsteady", "--json")).Output).RootElement.GetProperty("half");
        Assert.InRange(verified.GetProperty("maximumLogitDifference").GetDouble(), 0, 1e-4);
        Assert.InRange(verified.GetProperty("measuredMemoryBytes").GetDouble(), 1e4, 1e7);
    }

    /// <summary>Never trains on the processor instead, and leaves the folder free for a run on it.</summary>
    private static async Task RefusesAnAbsentGpu(string network, string data, string run)
    {
        var refused = await CommandLine.RunAsync("train", network, "--data", data, "--out", run, "--device", "cuda:250", "--search-images", "50");
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("autoslim: cuda:250: this ", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run, "run.json")));
    }
}
