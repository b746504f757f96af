using AutoSlim.Training.Native;
using AutoSlim.Training.Tests.Data;
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
    public void A_folder_of_libraries_must_hold_torch_and_be_the_only_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libraries are taken from elsewhere on Linux only");
        using TemporaryFolder empty = new(), whole = new();
        File.WriteAllBytes(Path.Combine(whole.Path, "libtorch_cpu.so"), []);
        Assert.Equal(
            $"AUTOSLIM_LIBTORCH is '{empty.Path}', which has no libtorch_cpu.so; give the lib folder of a libtorch 2.10.0",
            TorchLibrary.ElsewhereProblem(empty.Path, null, "none"));
        Assert.StartsWith("AUTOSLIM_LIBTORCH is set, but this build carries a libtorch of its own", TorchLibrary.ElsewhereProblem(whole.Path, whole.Path, "libtorch-cpu-linux-x64"), StringComparison.Ordinal);
        Assert.Null(TorchLibrary.ElsewhereProblem(whole.Path, empty.Path, "none"));
    }

    [Fact]
    public void A_build_without_torch_must_be_told_where_it_is()
    {
        Assert.StartsWith("this build carries no libtorch; set AUTOSLIM_LIBTORCH", TorchLibrary.ElsewhereProblem(null, null, "none"), StringComparison.Ordinal);
        Assert.Null(TorchLibrary.ElsewhereProblem(null, null, TorchLibrary.Package));
    }

    [Fact]
    public void The_weakened_copy_is_gone_once_it_is_loaded() =>
        Assert.DoesNotContain(Directory.GetDirectories(Path.GetTempPath(), "autoslim-*"), folder => File.Exists(Path.Combine(folder, "libLibTorchSharp.so")));
}
