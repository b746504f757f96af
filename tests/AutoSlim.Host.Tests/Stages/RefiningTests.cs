using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

/// <summary>Profiling on a device whose times jump at multiples of 64 channels, and whose speed a test decides by the number of the probe.</summary>
public sealed class RefiningTests : IDisposable
{
    private const string LeftOut = "that would refine it are left out";

    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 8, Classes: 10));

    private readonly TemporaryFolder folder = new();
    private readonly StringWriter lines = new();
    private int asked;

    public void Dispose()
    {
        folder.Dispose();
        lines.Dispose();
    }

    [Fact]
    public async Task A_steady_device_has_its_table_refined_until_nothing_is_too_coarse()
    {
        await ProfileAsync(_ => 1);
        Assert.Contains("refine box, pass 2", $"{lines}", StringComparison.Ordinal);
        Assert.DoesNotContain(LeftOut, $"{lines}", StringComparison.Ordinal);
        Assert.Empty(StillAskedFor());
    }

    [Fact]
    public async Task What_an_unsteady_device_says_is_not_taken_for_a_table_that_is_too_coarse()
    {
        await ProfileAsync(probe => 1 + 0.3 * (probe / 40 % 2));
        Assert.DoesNotContain("refine box", $"{lines}", StringComparison.Ordinal);
        Assert.Matches($@"profile box: the device was too unsteady \((\+30\.0|-23\.1) %\) to tell where its table is too coarse; {StillAskedFor().Count} entries {LeftOut}", $"{lines}");
    }

    private IReadOnlyList<ProbeEntry> StillAskedFor()
    {
        var table = CostTableFile.Read(CostTableFile.PathFor(folder.Path, "box", InventedAgent.Description));
        return table.Missing(Refinement.Next(table, ProfilingPlan.For(Network, table.Alignment)));
    }

    private async Task ProfileAsync(Func<int, double> slowness)
    {
        await using var agent = await InventedAgent.GreetAsync("box", connection => connection.AnswersProbes(request => Answer(request, slowness)));
        await new ProfileStage(StageConsole.For(lines), lines, folder.Path) { Steadiness = Steadiness.Ignored }.RunAsync(Network, agent.Device, seed: 1, TestContext.Current.CancellationToken);
    }

    private ProbeResult Answer(ProbeRequest request, Func<int, double> slowness) =>
        new(ProbeStatus.Ok, [.. Enumerable.Repeat(Microseconds(request.Entry) * slowness(++asked), request.Plan.MinimumSamples)], 0, null, DeviceConditions.Unknown);

    private static double Microseconds(string entry) =>
        entry.StartsWith("context", StringComparison.Ordinal) ? 10
        : ProbeEntry.IsNetwork(entry) || entry.StartsWith("calibration", StringComparison.Ordinal) ? 1000
        : ProbeEntry.OperatorNamed(entry) is { } signature ? 10 + (signature.Input.Channels + 63) / 64 * ((signature.OutputChannels + 63) / 64) : 1000;
}
