using static TorchSharp.torch;

namespace AutoSlim.Training.Tests;

/// <summary>Counts tensors that nobody has disposed; a test that compares two counts notices a leak.</summary>
internal static class LiveTensors
{
    /// <summary>After everything that other tests left to the collector is gone.</summary>
    public static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Tensor.TotalCount;
    }
}
