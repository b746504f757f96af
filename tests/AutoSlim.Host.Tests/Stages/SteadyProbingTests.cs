using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

/// <summary>On a device whose speed a test decides, by the number of the probe.</summary>
public sealed class SteadyProbingTests : IDisposable
{
    private const int Beginnings = 5;

    private static readonly IReadOnlyList<ProbeEntry> Entries = [.. Enumerable.Range(1, 15).Select(width => ProbeEntry.Operator(new(OperatorKind.Convolution, new(8 * width, 7, 7), 16)))];

    private readonly List<string> asked = [];
    private readonly List<TimeSpan> pauses = [];
    private readonly StringWriter notices = new();
    private readonly CostTable table = new(InventedAgent.Description);

    public void Dispose() => notices.Dispose();

    [Fact]
    public async Task Every_entry_is_measured_in_three_rounds_each_in_its_own_order()
    {
        await RunAsync(_ => 1);
        Assert.All(Entries, entry => Assert.Equal((3, 18, 100.0), (Of(entry).Rounds, Of(entry).Samples, Of(entry).MedianMicroseconds)));
        var rounds = asked.Skip(Beginnings).Where(name => Entries.Any(entry => entry.Name == name)).Chunk(Entries.Count).ToList();
        Assert.Equal(3, rounds.Count);
        Assert.All(rounds, round => Assert.Equal(Entries.Select(entry => entry.Name).Order(), round.Order()));
        Assert.NotEqual(rounds[0], rounds[1]);
        Assert.Equal(("", 0), ($"{notices}", pauses.Count));
    }

    [Fact]
    public async Task What_was_measured_in_a_slow_moment_is_measured_again_after_a_pause()
    {
        await RunAsync(probe => probe is > Beginnings + 3 and <= Beginnings + 11 ? 1.3 : 1);
        Assert.Equal([TimeSpan.FromSeconds(0.25)], pauses);
        Assert.All(Entries, entry => Assert.Equal(100.0, Of(entry).UpperMicroseconds));
        Assert.Equal("", $"{notices}");
    }

    [Fact]
    public async Task A_device_that_stays_slower_is_measured_anew_as_it_is_now()
    {
        await RunAsync(probe => probe > Beginnings + 25 ? 1.3 : 1);
        Assert.All(Entries, entry => Assert.Equal(130.0, Of(entry).LowerMicroseconds));
        Assert.Contains("device 'box' now runs +30.0 % off the speed that it had before; measuring up to 60 entries again", $"{notices}", StringComparison.Ordinal);
        Assert.Equal(15.75, pauses.Sum(pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task A_device_that_comes_back_when_nobody_waits_any_more_keeps_what_it_had_measured()
    {
        var looksAfterTheLastPause = 0;
        await RunAsync(probe => probe <= Beginnings + 25 ? 1 : pauses.Sum(pause => pause.TotalSeconds) < 15.75 || looksAfterTheLastPause++ == 0 ? 1.3 : 1);
        Assert.All(Entries, entry => Assert.Equal(100.0, Of(entry).UpperMicroseconds));
        Assert.Contains("device 'box' left its speed for a while, and is back, +0.0 % off the speed that it had before; measuring up to 60 entries again", $"{notices}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_was_measured_in_another_state_is_measured_anew()
    {
        var many = Enumerable.Range(1, 80).Select(width => ProbeEntry.Operator(new(OperatorKind.Convolution, new(8 * width, 7, 7), 16))).ToList();
        await RunAsync(probe => probe > Beginnings + 220 ? 0.8 : 1, entries: many);
        Assert.All(many, entry => Assert.Equal(80.0, Of(entry).UpperMicroseconds));
        Assert.Contains("runs -20.0 % off the speed that it had before; measuring up to 120 entries again", $"{notices}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_small_drift_that_no_pause_cures_is_taken_and_told()
    {
        Assert.Equal(0.03, await RunAsync(probe => probe > Beginnings + 3 ? 1.03 : 1), 1e-9);
        Assert.Contains("some entries were measured while the device ran up to +3.0 % off its speed", $"{notices}", StringComparison.Ordinal);
        Assert.Equal(15.75, pauses.Sum(pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task A_device_that_never_keeps_one_speed_is_refused_and_says_how_to_go_on()
    {
        var refused = await Assert.ThrowsAsync<DeviceBusyException>(() => RunAsync(Restless));
        Assert.Contains("for the 5th time: leave it alone and profile it again, or take its times as they are with --unsteady", refused.Message, StringComparison.Ordinal);
        Assert.Empty(table.Measurements);
    }

    [Fact]
    public async Task A_device_that_never_keeps_one_speed_may_be_taken_as_it_is()
    {
        await RunAsync(Restless, Steadiness.Preferred);
        Assert.Contains("its times are taken as they are from here on", $"{notices}", StringComparison.Ordinal);
        Assert.Equal(Entries.Count, table.Measurements.Count);
    }

    [Fact]
    public async Task A_device_may_be_taken_as_it_comes_without_a_pause()
    {
        Assert.InRange(await RunAsync(Restless, Steadiness.Ignored), 0.05, 100);
        Assert.Equal((Entries.Count, 0), (table.Measurements.Count, pauses.Count));
        Assert.Equal(Beginnings + 3 * (Entries.Count + 2), asked.Count);
        Assert.Contains("some entries were measured while the device ran up to +", $"{notices}", StringComparison.Ordinal);
    }

    /// <summary>A tenth slower with every eight probes.</summary>
    private static double Restless(int probe) => Math.Pow(1.1, probe / 8);

    private Measurement Of(ProbeEntry entry) => table.Find(entry)!;

    private async Task<double> RunAsync(Func<int, double> slowness, Steadiness steadiness = Steadiness.Required, IReadOnlyList<ProbeEntry>? entries = null)
    {
        await using var agent = await InventedAgent.GreetAsync("box", connection => connection.AnswersProbes(request => Answer(request, slowness)));
        var probing = new SteadyProbing(agent.Device, table, notices.WriteLine) { Steadiness = steadiness, Wait = Pause };
        return await probing.RunAsync(entries ?? Entries, seed: 1, (_, _) => { }, () => { }, TestContext.Current.CancellationToken);
    }

    private ProbeResult Answer(ProbeRequest request, Func<int, double> slowness)
    {
        asked.Add(request.Entry);
        return new(ProbeStatus.Ok, [.. Enumerable.Repeat(100 * slowness(asked.Count), request.Plan.MinimumSamples)], 0, null, DeviceConditions.Unknown);
    }

    private Task Pause(TimeSpan pause, CancellationToken cancellation)
    {
        pauses.Add(pause);
        return Task.CompletedTask;
    }
}
