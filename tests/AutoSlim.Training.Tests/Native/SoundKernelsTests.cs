using AutoSlim.Training.Native;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Native;

public sealed class SoundKernelsTests
{
    [Fact]
    public void Torch_computes_soundly_on_this_processor_and_the_check_leaves_no_tensor_behind()
    {
        var before = LiveTensors.Count();
        SoundKernels.Require();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_convolution_that_is_off_is_told_with_what_to_do()
    {
        using var scope = NewDisposeScope();
        var exact = TinyTraining.Noise(2, 3, 4, 4).to(ScalarType.Float64);
        SoundKernels.Require("sound", exact.to(ScalarType.Float32), exact);
        var refused = Assert.Throws<ComputeDeviceException>(() => SoundKernels.Require("24 to 40 channels", exact * 1.5, exact));
        Assert.Contains("(24 to 40 channels: off by 5.0e-1 of the largest value); set ONEDNN_MAX_CPU_ISA=AVX in", refused.Message, StringComparison.Ordinal);
    }
}
