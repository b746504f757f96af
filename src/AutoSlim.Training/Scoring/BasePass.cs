using AutoSlim.Networks;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Scoring;

/// <summary>
/// What every layer of the search's current network gives for one batch of images. Kept from step to step: a step changes a few
/// layers, and candidates take from it what they would compute again.
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
        var stale = current is null ? next.Layers : Stale(current, next);
        Forget(stale);
        foreach (var layer in stale) activations[layer.Name] = SlimmableNetwork.Run(layer, activations, BatchNorm.OfBatch, weights).DetachFromDisposeScope();
        current = next;
    }

    /// <summary>Frees all activations: the next move begins at the first layer.</summary>
    public void Clear()
    {
        if (current is not null) Forget(current.Layers);
    }

    /// <summary>N x classes, as they lie in memory.</summary>
    /// <param name="candidate">Any network of the same definition; the more it shares with the current one, the quicker.</param>
    public float[] LogitsOf(ResolvedNetwork candidate)
    {
        var plan = ReusePlan.Of(current ?? throw new InvalidOperationException("no network to start from"), candidate);
        return LogitsOf(candidate, plan);
    }

    /// <summary>The same from the first layer on, with nothing that is kept: the reference.</summary>
    public float[] LogitsFromScratch(ResolvedNetwork candidate) => LogitsOf(candidate, [.. candidate.Layers.Select(_ => Reuse.None)]);

    public void Dispose()
    {
        foreach (var activation in activations.Values) activation.Dispose();
    }

    /// <summary>An output of the candidate's own is freed once its last reader has run.</summary>
    private float[] LogitsOf(ResolvedNetwork candidate, IReadOnlyList<Reuse> plan)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var readers = new LastReaders(candidate);
        var outputs = new Dictionary<string, Tensor>(activations);
        foreach (var (layer, reuse) in candidate.Layers.Zip(plan))
        {
            if (reuse == Reuse.Whole) continue;
            outputs[layer.Name] = reuse == Reuse.FirstChannels ? activations[layer.Name].narrow(1, 0, layer.Output.Channels) : SlimmableNetwork.Run(layer, outputs, BatchNorm.OfBatch, weights);
            foreach (var input in readers.DoneBehind(layer))
                if (!ReferenceEquals(outputs[input], activations.GetValueOrDefault(input))) outputs[input].Dispose();
        }

        return outputs[candidate.Layers[^1].Name].cpu().data<float>().ToArray();
    }

    /// <summary>
    /// All that is not whole, narrowed layers too: a base is then the same to the bit whichever way it was reached, and an interrupted
    /// search goes on alike.
    /// </summary>
    private static List<ResolvedLayer> Stale(ResolvedNetwork current, ResolvedNetwork next) =>
        [.. next.Layers.Zip(ReusePlan.Of(current, next)).Where(pair => pair.Second != Reuse.Whole).Select(pair => pair.First)];

    private void Forget(IEnumerable<ResolvedLayer> layers)
    {
        current = null;
        foreach (var layer in layers)
            if (activations.Remove(layer.Name, out var activation)) activation.Dispose();
    }
}
