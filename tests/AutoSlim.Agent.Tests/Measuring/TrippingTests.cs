using AutoSlim.Agent.Limits;
using AutoSlim.Agent.Measuring;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Tests.Measuring;

/// <summary>A model that takes 100 invented milliseconds, on a device that a test makes too hot.</summary>
public sealed class TrippingTests
{
    private static readonly MeasurementPlan Plan = new() { WarmUpMilliseconds = 0, SampleMilliseconds = 0.01, MinimumSamples = 12, MaximumSamples = 12, MinimumCpuFraction = 0 };

    private readonly InventedClock clock = new();
    private readonly List<int> looksAfterRuns = [];
    private int runs;

    [Fact]
    public void A_device_that_is_too_hot_at_the_start_runs_nothing()
    {
        var result = Take(_ => "hot");
        Assert.Equal((ProbeStatus.Thermal, "hot", 0, 0), (result.Status, result.Reason, result.SamplesMicroseconds.Count, runs));
    }

    [Fact]
    public void One_that_trips_meanwhile_ends_with_the_samples_so_far()
    {
        var result = Take(look => look == 2 ? "hot" : null);
        Assert.Equal((ProbeStatus.Thermal, "hot"), (result.Status, result.Reason));
        Assert.InRange(result.SamplesMicroseconds.Count, 0, 11);
        Assert.Equal(2, looksAfterRuns.Count);
    }

    [Fact]
    public void One_that_trips_at_the_last_sample_keeps_all_of_them_and_is_not_trusted()
    {
        var last = Looks();
        var result = Take(look => look == last ? "hot" : null);
        Assert.Equal((ProbeStatus.Thermal, 12), (result.Status, result.SamplesMicroseconds.Count));
    }

    [Fact]
    public void A_cool_device_is_looked_at_before_the_first_sample_now_and_then_and_after_the_last()
    {
        var result = Take(_ => null);
        Assert.Equal((ProbeStatus.Ok, null, 12), (result.Status, result.Reason, result.SamplesMicroseconds.Count));
        Assert.Equal((0, runs), (looksAfterRuns[0], looksAfterRuns[^1]));
        Assert.InRange(looksAfterRuns.Count, 3, runs / 2);
    }

    private int Looks()
    {
        Take(_ => null);
        var looks = looksAfterRuns.Count;
        looksAfterRuns.Clear();
        runs = 0;
        return looks;
    }

    private ProbeResult Take(Func<int, string?> trip)
    {
        var watch = new TripWatch(() => Look(trip), clock);
        return new Measurement(Plan, new(1, ProcessorQuota.None, Plan.MinimumCpuFraction, queue: null), watch, Run).Take();
    }

    private string? Look(Func<int, string?> trip)
    {
        looksAfterRuns.Add(runs);
        return trip(looksAfterRuns.Count);
    }

    /// <summary>Long enough that a sample is one run.</summary>
    private void Run()
    {
        runs++;
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Thread.SpinWait(20_000);
    }

    private sealed class InventedClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan span) => ticks += span.Ticks;
    }
}
