using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Onnx;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.EndToEnd.Tests.Devices;

public sealed class MemoryTests(RunningAgent running) : IClassFixture<RunningAgent>
{
    /// <summary>What the kernel's counters may be behind.</summary>
    private const double Noise = 0.3e6;

    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Imagenet, 224));
    private static readonly ResolvedNetwork Whole = Network.Resolve(Network.Uniform(1));

    [Fact]
    public async Task A_network_with_larger_maps_grows_by_more_and_by_no_less_than_what_must_be_alive()
    {
        var quarter = Network.Resolve(Network.Uniform(0.25));
        var (large, small) = (await PeakAsync(Whole), await PeakAsync(quarter));
        Assert.True(large > 1.4 * small, $"{large} against {small} bytes");
        Assert.InRange(large, LeastActivation.Bytes(Whole) - Noise, 2 * LeastActivation.Bytes(Whole));
        Assert.True(small >= LeastActivation.Bytes(quarter) - Noise, $"{small} bytes");
    }

    [Fact]
    public async Task Measured_again_it_is_the_same_within_the_kernel_s_noise()
    {
        List<double> peaks = [];
        for (var time = 0; time < 3; time++) peaks.Add(await PeakAsync(Whole));
        Assert.InRange(peaks.Max() - peaks.Min(), 0, 2 * Noise);
    }

    [Fact]
    public async Task Large_weights_are_not_growth()
    {
        var heavy = await running.Device.MeasureMemoryAsync(SmallModels.Convolution(1024, 1024, 3), "heavy", 3, TestContext.Current.CancellationToken);
        Assert.Equal((ProbeStatus.Ok, null), (heavy.Status, heavy.Reason));
        Assert.InRange(heavy.PeakBytes, 1, 4e6);
        Assert.True(heavy.LoadedBytes > 36e6, $"{heavy.LoadedBytes} bytes");
    }

    /// <summary>A terabyte of outputs: no system that these tests run on grants it.</summary>
    [Fact]
    public async Task A_model_that_exhausts_the_memory_is_a_reason_and_the_agent_serves_the_next()
    {
        var vast = await running.Device.MeasureMemoryAsync(SmallModels.Convolution(1, 256, 32_768), "vast", 1, TestContext.Current.CancellationToken);
        Assert.Equal(ProbeStatus.Failed, vast.Status);
        Assert.False(string.IsNullOrWhiteSpace(vast.Reason));
        var next = await running.Device.MeasureMemoryAsync(SmallModels.Convolution(8, 8, 56), "next", 1, TestContext.Current.CancellationToken);
        Assert.Equal((ProbeStatus.Ok, null), (next.Status, next.Reason));
    }

    [Fact]
    public async Task A_garbage_model_or_no_runs_are_told()
    {
        var garbage = await running.Device.MeasureMemoryAsync([1, 2, 3], "garbage", 1, TestContext.Current.CancellationToken);
        Assert.Equal(ProbeStatus.Failed, garbage.Status);
        Assert.StartsWith("the model cannot be run: ", garbage.Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => running.Device.MeasureMemoryAsync([1], "none", 0, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_memory_that_no_device_has_is_refused()
    {
        await using var agent = await InventedAgent.GreetAsync("liar", connection => connection.AnswersMemory(_ => new(ProbeStatus.Ok, -5, 1, null)));
        var result = await agent.Device.MeasureMemoryAsync([1], "net", 1, TestContext.Current.CancellationToken);
        Assert.StartsWith("the answer of device 'liar' was refused: the peak is -5 bytes", result.Reason, StringComparison.Ordinal);
    }

    private async Task<double> PeakAsync(ResolvedNetwork network)
    {
        var result = await running.Device.MeasureMemoryAsync(ProbeModel.ForNetwork(network), "net", 3, TestContext.Current.CancellationToken);
        Assert.Equal((ProbeStatus.Ok, null), (result.Status, result.Reason));
        return result.PeakBytes;
    }
}
