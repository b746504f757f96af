using static TorchSharp.torch;

namespace AutoSlim.Training.Supernets;

/// <summary>Between tensors of networks of different widths.</summary>
internal static class FirstChannels
{
    /// <summary>Overwrites the part that both have: the first elements of each dimension. Each keeps its layout in memory.</summary>
    /// <param name="source">As many dimensions as <paramref name="target"/>.</param>
    /// <param name="target">Needs no gradient now.</param>
    public static void Copy(Tensor source, Tensor target)
    {
        using var scope = NewDisposeScope();
        var (from, to) = (source, target);
        for (var dimension = 0; dimension < target.Dimensions; dimension++)
        {
            var common = Math.Min(source.shape[dimension], target.shape[dimension]);
            (from, to) = (from.narrow(dimension, 0, common), to.narrow(dimension, 0, common));
        }

        to.copy_(from);
    }
}
