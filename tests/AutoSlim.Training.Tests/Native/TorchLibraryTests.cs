using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Native;

public sealed class TorchLibraryTests
{
    [Fact]
    public void Torch_computes_in_this_process()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(14, tensor([1f, 2, 3]).square().sum().item<float>());
    }

    [Fact]
    public void The_number_of_threads_is_the_one_asked_for() => Assert.Equal(1, get_num_threads());

    [Fact]
    public void The_weakened_copy_is_gone_once_it_is_loaded() =>
        Assert.DoesNotContain(Directory.GetDirectories(Path.GetTempPath(), "autoslim-*"), folder => File.Exists(Path.Combine(folder, "libLibTorchSharp.so")));
}
