using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

/// <summary>A device whose calibration networks took 1 ms each, and a network that a search had chosen 2 ms, comes back slower.</summary>
public sealed class RecalibrationTests : IDisposable
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 32, Classes: 10));

    private readonly TemporaryFolder folder = new();
    private readonly StringWriter lines = new();
    private readonly CostTable before = InventedTable.Of(Network, InventedAgent.Description);
    private readonly string chosen;

    public RecalibrationTests()
    {
        chosen = ProbeEntry.Network(Network.Resolve(Network.Aligned(Network.Uniform(0.6), before.Alignment))).Name;
        before.Record(chosen, new(2000, 2000, 2000, 9, 0, ProbeStatus.Ok));
        CostTableFile.Write(TablePath, before);
    }

    private string TablePath => CostTableFile.PathFor(folder.Path, "box", InventedAgent.Description);

    public void Dispose()
    {
        folder.Dispose();
        lines.Dispose();
    }

    [Fact]
    public async Task Networks_that_searches_chose_are_measured_again_with_the_others_so_that_no_calibration_is_of_two_speeds()
    {
        var table = await ProfileAsync(1300);
        var networks = Networks(table);
        Assert.Contains(chosen, networks.Keys);
        Assert.All(networks.Values, measurement => Assert.Equal(1300, measurement.MedianMicroseconds));
        Assert.Contains($"the device is +30.0 % off its table; measuring the {networks.Count} calibration networks again", $"{lines}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_runs_as_it_did_is_not_measured_again()
    {
        var table = await ProfileAsync(1020);
        Assert.Equal(Networks(before), Networks(table));
    }

    private static Dictionary<string, Measurement> Networks(CostTable table) => table.Measurements.Where(entry => ProbeEntry.IsNetwork(entry.Key)).ToDictionary();

    private async Task<CostTable> ProfileAsync(double microseconds)
    {
        await using var agent = await InventedAgent.GreetAsync("box", connection => connection.AnswersProbes(request =>
            new(ProbeStatus.Ok, [.. Enumerable.Repeat(microseconds, request.Plan.MinimumSamples)], 0, null, DeviceConditions.Unknown)));
        await new ProfileStage(StageConsole.For(lines), lines, folder.Path).RunAsync(Network, agent.Device, seed: 1, TestContext.Current.CancellationToken);
        return CostTableFile.Read(TablePath);
    }
}
