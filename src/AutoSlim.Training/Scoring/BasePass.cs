using AutoSlim.Networks;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Scoring;

/// <summary>
/// What every layer of the search's current network gives for one batch of images. Kept from step to step: a step changes a few
/// layers, and those before the first of them give what they gave (the search's shared prefix).
/// </summary>
/// <param name="images">N x C x H x W, channels last; disposed with this.</param>
/// <param name="weights">Of the supernet.</param>
internal sealed class BasePass(Tensor images, WeightSlices weights) : IDisposable
{
    private readonly Dictionary<string, Tensor> activations = new() { [NetworkDefinition.InputName] = images };
    private ResolvedNetwork? current;

    public void MoveTo(ResolvedNetwork next)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var first = current is null ? 0 : FirstChanged(current, next);
        current = null;
        Forget(next.Layers.Skip(first));
        SlimmableNetwork.Forward(next, activations, first, BatchNorm.OfBatch, weights);
        foreach (var layer in next.Layers.Skip(first)) activations[layer.Name].DetachFromDisposeScope();
        current = next;
    }

    /// <summary>N x classes, as they lie in memory.</summary>
    /// <param name="candidate">Any network of the same definition; the more layers it shares with the current one, the quicker.</param>
    public float[] LogitsOf(ResolvedNetwork candidate)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var from = current ?? throw new InvalidOperationException("no network to start from");
        var first = Math.Min(FirstChanged(from, candidate), candidate.Layers.Count - 1);
        return SlimmableNetwork.Forward(candidate, new(activations), first, BatchNorm.OfBatch, weights).data<float>().ToArray();
    }

    public void Dispose()
    {
        foreach (var activation in activations.Values) activation.Dispose();
    }

    private void Forget(IEnumerable<ResolvedLayer> layers)
    {
        foreach (var layer in layers)
            if (activations.Remove(layer.Name, out var activation)) activation.Dispose();
    }

    private static int FirstChanged(ResolvedNetwork one, ResolvedNetwork other) =>
        one.Layers.Zip(other.Layers).TakeWhile(pair => pair.First.Signature == pair.Second.Signature).Count();
}
