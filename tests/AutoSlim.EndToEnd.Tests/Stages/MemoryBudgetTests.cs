using AutoSlim.Costs;
using AutoSlim.Tests.Common;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;

namespace AutoSlim.EndToEnd.Tests.Stages;

/// <summary>Latencies are invented, so that the search begins at once, and no budget asks whether they are right; the memory is this machine's.</summary>
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
        var table = CostTableFile.PathFor(profiles, "local", running.Device.Description);
        CostTableFile.Write(table, InventedTable.Of(definition, running.Device.Description));
        var slim = await SlimmedRun.Succeeds("slim", run.Path, "--target", "lean: memory@local<=800KB", "--blocks", "3", "--unhealthy", "--unsteady", "--profiles", profiles);
        Assert.Contains("slim: measured memory@local: lean ", slim.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("off its table", slim.Error, StringComparison.Ordinal);
        Assert.Contains("\"memory@local\"", await File.ReadAllTextAsync(run.TracePath, Cancellation), StringComparison.Ordinal);
        Assert.Equal(8, CostTableFile.Read(table).Memories.Count);
        Assert.True(SettlingRecord.Limits(run, "memory@local"));
        var lean = await PeakAsync(definition.Resolve(run.Network("lean").Channels(definition)));
        Assert.InRange(lean, 0.3 * Limit, 1.25 * Limit);
        Assert.True(await PeakAsync(definition.Resolve(definition.Widest)) > 1.1 * lean);
    }

    private async Task<double> PeakAsync(ResolvedNetwork network) => (await running.Device.NetworkMemoryAsync(ProbeEntry.Network(network).Model(), "network", Cancellation)).PeakBytes;

    private static async Task<RunFolder> TrainAsync(string folder)
    {
        var (data, run) = (Path.Combine(folder, "data"), new RunFolder(Path.Combine(folder, "run")));
        SmallImages.Write(data);
        await SlimmedRun.Succeeds("train", "mobilenet_v2", "--layout", "cifar", "--data", data, "--out", run.Path, "--epochs", "1", "--search-images", "50");
        return run;
    }
}
