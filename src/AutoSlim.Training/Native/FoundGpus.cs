using static TorchSharp.torch;

namespace AutoSlim.Training.Native;

/// <summary>The GPUs that this process can use.</summary>
/// <param name="Runtime">Where torch comes from: a package, or a folder.</param>
/// <param name="HasCuda">Whether that is one for GPUs.</param>
/// <param name="Count">GPUs that it finds.</param>
internal sealed record FoundGpus(string Runtime, bool HasCuda, int Count)
{
    public static FoundGpus OnThisMachine() => TorchLibrary.Elsewhere is string folder
        ? new($"the libtorch of {TorchLibrary.FolderVariable} ({folder})", TorchLibrary.HasCuda(folder), Available())
        : new(TorchLibrary.Package, TorchLibrary.Package.Contains("cuda", StringComparison.Ordinal), Available());

    /// <summary>Why <paramref name="device"/> cannot be used, or null.</summary>
    public string? Problem(ComputeDevice device)
    {
        if (device.Gpu is not int number || number < Count) return null;
        if (Count > 0) return $"{device}: this machine has {Count} CUDA device{(Count > 1 ? "s" : "")}, the last is cuda:{Count - 1}";
        return HasCuda
            ? $"{device}: {Runtime} finds no CUDA device on this machine; nvidia-smi tells whether the driver sees one"
            : $"{device}: this build has {Runtime} without CUDA; build with -p:TorchRuntime=libtorch-cuda-12.8-{(OperatingSystem.IsWindows() ? "win" : "linux")}-x64, or with none and name a libtorch with CUDA in {TorchLibrary.FolderVariable}";
    }

    private static int Available() => cuda.is_available() ? cuda.device_count() : 0;
}
