using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.EndToEnd.Tests.Devices;

public sealed class MeasuringTests(RunningAgent running) : IClassFixture<RunningAgent>
{
    /// <summary>Other tests and other work load the machine: any share of dropped samples is fine here.</summary>
    private static readonly MeasurementPlan Lenient = new() { MinimumCpuFraction = 0 };

    [Fact]
    public async Task A_larger_convolution_takes_longer()
    {
        var small = await MeasureAsync(SmallModels.Convolution(8, 8, 16));
        var large = await MeasureAsync(SmallModels.Convolution(32, 32, 56));
        Assert.Equal((ProbeStatus.Ok, null), (small.Status, small.Reason));
        Assert.Equal((ProbeStatus.Ok, null), (large.Status, large.Reason));
        Assert.InRange(small.SamplesMicroseconds.Count, Lenient.MinimumSamples, Lenient.MaximumSamples);
        Assert.True(Median(large) > 3 * Median(small), $"{Median(large)} us against {Median(small)} us");
    }

    [Fact]
    public async Task A_gate_that_nothing_passes_makes_the_entry_unstable_and_says_why()
    {
        var plan = new MeasurementPlan { MinimumCpuFraction = 1, SampleMilliseconds = 0.05, TimeLimitMilliseconds = 2000 };
        var result = await running.Device.MeasureAsync(SmallModels.Convolution(8, 8, 16), "conv", plan, TestContext.Current.CancellationToken);
        Assert.Equal(ProbeStatus.Unstable, result.Status);
        Assert.Contains("preempted", result.Reason, StringComparison.Ordinal);
        Assert.True(result.Dropped > 40);
    }

    [Fact]
    public async Task The_time_limit_interrupts_a_slow_model()
    {
        var plan = new MeasurementPlan { TimeLimitMilliseconds = 200 };
        var result = await running.Device.MeasureAsync(SmallModels.Slow(), "slow", plan, TestContext.Current.CancellationToken);
        Assert.Equal(ProbeStatus.Unstable, result.Status);
        Assert.Contains("200 ms", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_garbage_model_fails_with_a_reason_and_the_agent_goes_on()
    {
        var garbage = await MeasureAsync([1, 2, 3]);
        Assert.Equal(ProbeStatus.Failed, garbage.Status);
        Assert.StartsWith("the model cannot be run: ", garbage.Reason, StringComparison.Ordinal);
        Assert.Equal(ProbeStatus.Ok, (await MeasureAsync(SmallModels.Convolution(8, 8, 16))).Status);
    }

    [Fact]
    public async Task A_model_that_changed_on_the_way_is_refused()
    {
        var model = SmallModels.Convolution(8, 8, 17);
        var first = MeasureAsync(SmallModels.Convolution(8, 8, 16));
        var second = MeasureAsync(model);
        model[^1] ^= 1;
        await first;
        var result = await second;
        Assert.Equal(ProbeStatus.Failed, result.Status);
        Assert.StartsWith("hash mismatch: ", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_request_frees_the_agent_for_the_next()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var plan = new MeasurementPlan { TimeLimitMilliseconds = 600_000, WarmUpMilliseconds = 60_000 };
        var measuring = running.Device.MeasureAsync(SmallModels.Slow(), "slow", plan, cancellation.Token);
        cancellation.CancelAfter(300);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => measuring);
        Assert.Equal(ProbeStatus.Ok, (await MeasureAsync(SmallModels.Convolution(8, 8, 16))).Status);
    }

    [Fact]
    public async Task A_plan_that_cannot_be_followed_is_the_callers_mistake() =>
        await Assert.ThrowsAsync<ArgumentException>(() => running.Device.MeasureAsync([1], "conv", new() { MinimumSamples = 0 }, TestContext.Current.CancellationToken));

    [Fact]
    public void The_device_says_what_it_is()
    {
        var description = running.Device.Description;
        Assert.Equal(("onnxruntime", "CPU", 1, "all"), (description.Runtime, description.ExecutionProvider, description.IntraOpThreads, description.OptimizationLevel));
        Assert.Matches("^[0-9a-f]{16}$", description.NativeLibraryHash);
        Assert.Matches("^[0-9a-f]{12}$", description.Fingerprint);
        Assert.Contains(running.Device, running.Server.Devices);
    }

    private static double Median(ProbeResult result) => SampleStatistics.Of(result.SamplesMicroseconds).MedianMicroseconds;

    private Task<ProbeResult> MeasureAsync(byte[] model) => running.Device.MeasureAsync(model, "conv", Lenient, TestContext.Current.CancellationToken);
}
