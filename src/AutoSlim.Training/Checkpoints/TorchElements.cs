using static TorchSharp.torch;

namespace AutoSlim.Training.Checkpoints;

/// <summary>Between tensors of torch and of a file. A file holds rows of the logical shape, whatever the layout in memory.</summary>
internal static class TorchElements
{
    public static StoredTensor Store(Tensor source)
    {
        using var scope = NewDisposeScope();
        return new(ElementType.F32, source.shape, source.detach().cpu().contiguous().bytes.ToArray());
    }

    public static Tensor ToTorch(this StoredTensor stored, Device device) => tensor(stored.AsFloats().ToArray(), [.. stored.Shape], device: device);

    /// <summary>Overwrites the elements of <paramref name="target"/>, which keeps its layout and its device.</summary>
    public static void CopyTo(this StoredTensor stored, Tensor target)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        target.copy_(stored.ToTorch(target.device));
    }
}
