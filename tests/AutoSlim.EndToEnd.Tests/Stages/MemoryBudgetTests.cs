using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Tests.Common;

namespace AutoSlim.EndToEnd.Tests.Stages;

/// <summary>No target limits a latency, so none is measured but those that tell the device's alignment.</summary>
public sealed class MemoryBudgetTests(RunningAgent running) : IClassFixture<RunningAgent>
{
    private const double Limit = 0.8e6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_search_under_a_memory_budget_ends_at_a_network_that_the_device_measured_within_it()
    {
        using var folder = new TemporaryFolder();
        var (run, profiles) = (await TrainAsync(folder.Path), Path.Combine(folder.Path, "profiles"));
        var definition = NetworkCatalog.Create(run.Settings().Network);
        var slim = await SlimmedRun.Succeeds("slim", run.Path, "--target", "lean: memory@local<=800KB", "--blocks", "3", "--unhealthy", "--unsteady", "--profiles", profiles);
        Assert.Contains("slim: measured memory@local: lean ", slim.Error, StringComparison.Ordinal);
        Assert.Contains("\"memory@local\"", await File.ReadAllTextAsync(run.TracePath, Cancellation), StringComparison.Ordinal);
        var table = CostTableFile.Read(CostTableFile.PathFor(profiles, "local", running.Device.Description));
        Assert.Equal(8, table.Memories.Count);
        Assert.Subset(DeviceAlignment.Probes.SelectMany(probe => new[] { ProbeEntry.Operator(probe).Name, ProbeEntry.Context(probe).Name }).ToHashSet(), table.Measurements.Keys.ToHashSet());
        Assert.Equal(["lean"], SettlingRecord.TargetsOf(run).Select(target => target.Name));
        var lean = await PeakAsync(definition.Resolve(run.Network("lean").Channels(definition)));
        Assert.InRange(lean, 0.3 * Limit, 1.25 * Limit);
        Assert.True(await PeakAsync(definition.Resolve(definition.Widest)) > 1.1 * lean);
        await VerifiesMemoryAloneAsync(run, profiles);
    }

    private static async Task VerifiesMemoryAloneAsync(RunFolder run, string profiles)
    {
        await SlimmedRun.Succeeds("retrain", run.Path, "--epochs", "1");
        await SlimmedRun.Succeeds("export", run.Path);
        var verified = await SlimmedRun.Succeeds("verify", run.Path, "--profiles", profiles);
        Assert.Matches(@"lean +- +\d+\.\d+ ms", verified.Output);
        Assert.Matches(@"lean +\d\.\d\d MB +\d\.\d\d MB", verified.Output);
        var found = Verification.Read(run.Network("lean").VerificationPath);
        Assert.Null(found.PredictedMilliseconds);
        Assert.Null(found.DeviceDrift);
        Assert.InRange(found.MeasuredMemoryBytes!.Value, 0.3 * Limit, 1.25 * Limit);
    }

    private async Task<double> PeakAsync(ResolvedNetwork network) => (await running.Device.NetworkMemoryAsync(ProbeEntry.Network(network).Model(), "network", Cancellation)).PeakBytes;

    private static async Task<RunFolder> TrainAsync(string folder)
    {
        var (data, run) = (Path.Combine(folder, "data"), new RunFolder(Path.Combine(folder, "run")));
        SmallImages.Write(data, training: 120);
        await SlimmedRun.Succeeds("train", "mobilenet_v2", "--layout", "cifar", "--data", data, "--out", run.Path, "--epochs", "1", "--search-images", "50");
        return run;
    }
}
