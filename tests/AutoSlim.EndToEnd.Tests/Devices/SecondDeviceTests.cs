using AutoSlim.Host.Devices;
using AutoSlim.Networks;
using AutoSlim.Onnx;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.EndToEnd.Tests.Devices;

/// <summary>This machine and an emulated ARM board side by side: the protocol and the outputs; an emulator's times mean nothing.</summary>
public sealed class SecondDeviceTests
{
    private const int Images = 3;
    private const int Size = 32;

    private static readonly TimeSpan EmulatorStart = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_board_of_another_architecture_gives_the_outputs_of_this_machine()
    {
        if (EmulatedArm.Lack is string reason) Assert.Skip(reason);
        await using var server = await DeviceServer.StartAsync(new(), Cancellation);
        await using var here = await LocalAgent.StartAsync(server, new(), Cancellation);
        using var process = EmulatedArm.Start(server, "arm");
        try
        {
            var arm = await server.WaitForAsync("arm", EmulatorStart, Cancellation);
            Assert.Equal(("arm64", "ARM 0x41:0xd08"), (arm.Description.Architecture, arm.Description.Processor));
            Assert.NotEqual(here.Device.Description.Fingerprint, arm.Description.Fingerprint);
            await AssertSameLogits(here.Device, arm);
            await AssertMeasures(arm);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task AssertSameLogits(ConnectedDevice here, ConnectedDevice there)
    {
        var definition = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Imagenet, Size, Classes: 10));
        var (model, random) = (ProbeModel.ForNetwork(definition.Resolve(definition.Narrowest)), new SplitMix64(5));
        var values = new float[Images * 3 * Size * Size];
        foreach (ref var value in values.AsSpan()) value = random.Symmetric();
        var images = ImageBatch.Of(values, Images, 3, Size, Size);
        var (expected, actual) = (await here.EvaluateAsync(model, images, Cancellation), await there.EvaluateAsync(model, images, Cancellation));
        Assert.Equal((null, null), (expected.Reason, actual.Reason));
        Assert.All(expected.Logits.Zip(actual.Logits), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    /// <summary>With a gate and a stopping rule that an emulator can satisfy.</summary>
    private static async Task AssertMeasures(ConnectedDevice device)
    {
        var plan = new MeasurementPlan { MinimumSamples = 5, TargetRelativeHalfWidth = 1, MinimumCpuFraction = 0.1, TimeLimitMilliseconds = 60_000 };
        var result = await device.MeasureAsync(SmallModels.Convolution(4, 8, 8), "conv", plan, Cancellation);
        Assert.Equal((ProbeStatus.Ok, null), (result.Status, result.Reason));
        Assert.True(result.SamplesMicroseconds.Count >= 5);
    }
}
