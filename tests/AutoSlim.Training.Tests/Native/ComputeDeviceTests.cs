using System.Text.Json;
using AutoSlim.Training.Native;

namespace AutoSlim.Training.Tests.Native;

public sealed class ComputeDeviceTests
{
    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:0", "cuda:0")]
    [InlineData("cuda:7", "cuda:7")]
    public void A_device_is_read_and_written(string text, string written)
    {
        var device = ComputeDevice.Parse(text)!;
        Assert.Equal(written, device.ToString());
        Assert.Equal(written, device.Torch.ToString());
        Assert.Equal(device, JsonSerializer.Deserialize<ComputeDevice>(JsonSerializer.Serialize(device)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CPU")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:256")]
    [InlineData("cuda0")]
    [InlineData("cpu:0")]
    public void What_is_no_device_is_none(string text) => Assert.Null(ComputeDevice.Parse(text));

    [Theory]
    [InlineData("\"gpu\"", "the device is 'gpu', expected cpu, cuda or cuda:N")]
    [InlineData("1", "the device is no text, expected cpu, cuda or cuda:N")]
    [InlineData("null", "the device is no text, expected cpu, cuda or cuda:N")]
    public void A_file_without_a_device_in_its_place_is_refused(string json, string problem) =>
        Assert.Equal(problem, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ComputeDevice>(json)).Message);

    [Theory]
    [InlineData("cpu", "libtorch-cpu-linux-x64", false, 0, null)]
    [InlineData("cuda:1", "libtorch-cuda-12.8-linux-x64", true, 2, null)]
    [InlineData("cuda:0", "libtorch-cpu-linux-x64", false, 0, "cuda:0: this build has libtorch-cpu-linux-x64 without CUDA; build with -p:TorchRuntime=libtorch-cuda-12.8-")]
    [InlineData("cuda:0", "libtorch-cuda-12.8-linux-x64", true, 0, "cuda:0: libtorch-cuda-12.8-linux-x64 finds no CUDA device on this machine; nvidia-smi tells")]
    [InlineData("cuda:2", "libtorch-cuda-12.8-linux-x64", true, 2, "cuda:2: this machine has 2 CUDA devices, the last is cuda:1")]
    [InlineData("cuda:1", "libtorch-cuda-12.8-linux-x64", true, 1, "cuda:1: this machine has 1 CUDA device, the last is cuda:0")]
    public void An_absent_device_is_told_with_what_was_found(string device, string runtime, bool hasCuda, int count, string? problem)
    {
        var found = new FoundGpus(runtime, hasCuda, count).Problem(ComputeDevice.Parse(device)!);
        if (problem is null) Assert.Null(found);
        else Assert.StartsWith(problem, found, StringComparison.Ordinal);
    }

    /// <summary>This build's own package is in the message; there is no way back to the processor that nobody asked for.</summary>
    [Fact]
    public void A_gpu_that_is_not_here_is_refused_and_the_processor_works_on()
    {
        Assert.SkipWhen(FoundGpus.OnThisMachine().Count > 0, "this machine has a GPU");
        var fault = Assert.Throws<ComputeDeviceException>(() => TorchRuntime.Load(1, ComputeDevice.Parse("cuda:0")));
        Assert.Contains("libtorch", fault.Message, StringComparison.Ordinal);
        using var network = TinyTraining.Network();
        Assert.NotEmpty(TinyTraining.Bits(network));
    }
}
