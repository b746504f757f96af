using AutoSlim.Training.Supernets;
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

    /// <summary>Elements of the storages that a scope's tensors hold, but for those of some weights; views of one storage count once.</summary>
    public static long Elements(TorchSharp.DisposeScope scope, WeightStore weights) =>
        scope.DisposablesView.OfType<Tensor>().Where(tensor => !tensor.IsInvalid).GroupBy(tensor => tensor.storage<float>().data_ptr())
            .ExceptBy(weights.Named.Values.Select(weight => weight.storage<float>().data_ptr()), views => views.Key).Sum(views => (long)views.First().storage<float>().nbytes()) / sizeof(float);
}
