using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

/// <summary>Finding the alignment of a device that works on 16 channels at once and, while it is unsteady, seems to take any width.</summary>
public sealed class AligningTests : IDisposable
{
    private const string Unsure = "to tell for sure how many channels it works on at once";

    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 8, Classes: 10));

    /// <summary>Five for its speed, then three rounds of the probes and their contexts, with one for its speed after each ten or less.</summary>
    private static readonly int ProbesOfAnAttempt = 5 + 3 * (Entries + (Entries + 9) / 10);

    private readonly TemporaryFolder folder = new();
    private readonly StringWriter lines = new();
    private int asked;

    private static int Entries => new CostTable(InventedAgent.Description).Missing(DeviceAlignment.Probes).Count;

    public void Dispose()
    {
        folder.Dispose();
        lines.Dispose();
    }

    [Fact]
    public async Task A_steady_device_is_asked_once()
    {
        Assert.Equal(16, await AlignmentAsync(unsteadyProbes: 0));
        Assert.DoesNotContain("attempt", $"{lines}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_an_unsteady_device_says_is_asked_again(int unsteadyAttempts)
    {
        Assert.Equal(16, await AlignmentAsync(unsteadyAttempts * ProbesOfAnAttempt));
        Assert.Contains($"align box, attempt {unsteadyAttempts + 1}", $"{lines}", StringComparison.Ordinal);
        Assert.DoesNotContain(Unsure, $"{lines}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_stays_unsteady_is_taken_as_it_seems_and_that_is_told()
    {
        Assert.Equal(DeviceAlignment.None, await AlignmentAsync(unsteadyProbes: int.MaxValue));
        Assert.DoesNotContain("attempt 4", $"{lines}", StringComparison.Ordinal);
        Assert.Contains(Unsure, $"{lines}", StringComparison.Ordinal);
        Assert.Contains("delete '" + CostTableFile.PathFor(folder.Path, "box", InventedAgent.Description), $"{lines}", StringComparison.Ordinal);
    }

    private async Task<int> AlignmentAsync(int unsteadyProbes)
    {
        await using var agent = await InventedAgent.GreetAsync("box", connection => connection.AnswersProbes(request => Answer(request, ++asked <= unsteadyProbes)));
        await new ProfileStage(StageConsole.For(lines), lines, folder.Path) { Steadiness = Steadiness.Ignored }.RunAsync(
            Network, agent.Device, new WantedPrices(Latency: false, Memory: false), seed: 1, TestContext.Current.CancellationToken);
        return CostTableFile.Read(CostTableFile.PathFor(folder.Path, "box", InventedAgent.Description)).Alignment;
    }

    /// <summary>An unsteady device is half as slow again whenever it is asked for its speed after the beginning.</summary>
    private ProbeResult Answer(ProbeRequest request, bool unsteady)
    {
        var drifts = unsteady && request.Plan == SpeedWatch.Plan && (asked - 1) % ProbesOfAnAttempt >= 5;
        var microseconds = Microseconds(request.Entry, unsteady ? 1 : 16) * (drifts ? 1.5 : 1);
        return new(ProbeStatus.Ok, [.. Enumerable.Repeat(microseconds, request.Plan.MinimumSamples)], 0, null, DeviceConditions.Unknown);
    }

    private static double Microseconds(string entry, int block) =>
        entry.StartsWith("context", StringComparison.Ordinal) ? 10
        : ProbeEntry.OperatorNamed(entry) is { } signature ? 10 + (signature.OutputChannels + block - 1) / block * block
        : 1000;
}
