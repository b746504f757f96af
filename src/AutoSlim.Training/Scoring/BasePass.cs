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
    private readonly KeptActivations kept = new(images);

    /// <summary>What the kept activations are of, or will be once the move has run.</summary>
    private ResolvedNetwork? current;

    private bool isThere;

    /// <summary>
    /// Frees what the next network computes differently. The job that is returned computes it; candidates may run beside that job,
    /// begun after it: they wait for the layers that they read.
    /// </summary>
    public Action MoveTo(ResolvedNetwork next)
    {
        var stale = current is null || !isThere ? next.Layers : Stale(current, next);
        foreach (var layer in stale) kept.Expect(layer.Name);
        (current, isThere) = (next, false);
        return () => Run(stale);
    }

    /// <summary>Frees all activations: the next move begins at the first layer.</summary>
    public void Clear()
    {
        foreach (var layer in current?.Layers ?? []) kept.Forget(layer.Name);
        current = null;
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

    public void Dispose() => kept.Dispose();

    private void Run(IReadOnlyList<ResolvedLayer> stale)
    {
        try
        {
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            foreach (var layer in stale) kept.Give(layer.Name, Run(layer, []).DetachFromDisposeScope());
            isThere = true;
        }
        catch (Exception fault)
        {
            kept.Fail(fault);
            throw;
        }
    }

    /// <summary>An output of the candidate's own is freed once its last reader has run.</summary>
    private float[] LogitsOf(ResolvedNetwork candidate, IReadOnlyList<Reuse> plan)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var readers = new LastReaders(candidate);
        var own = new Dictionary<string, Tensor>();
        foreach (var (layer, reuse) in candidate.Layers.Zip(plan))
        {
            if (reuse == Reuse.Whole) continue;
            own[layer.Name] = reuse == Reuse.FirstChannels ? kept.Of(layer.Name).narrow(1, 0, layer.Output.Channels) : Run(layer, own);
            foreach (var input in readers.DoneBehind(layer))
                if (own.Remove(input, out var done)) done.Dispose();
        }

        return OutputOf(candidate.Layers[^1].Name, own).cpu().data<float>().ToArray();
    }

    /// <param name="layer">What to run.</param>
    /// <param name="own">Outputs that go before those kept.</param>
    private Tensor Run(ResolvedLayer layer, Dictionary<string, Tensor> own) =>
        SlimmableNetwork.Run(layer, layer.Layer.Inputs.Distinct().ToDictionary(input => input, input => OutputOf(input, own)), BatchNorm.OfBatch, weights);

    private Tensor OutputOf(string layer, Dictionary<string, Tensor> own) => own.TryGetValue(layer, out var output) ? output : kept.Of(layer);

    /// <summary>
    /// All that is not whole, narrowed layers too: a base is then the same to the bit whichever way it was reached, and an interrupted
    /// search goes on alike.
    /// </summary>
    private static List<ResolvedLayer> Stale(ResolvedNetwork current, ResolvedNetwork next) =>
        [.. next.Layers.Zip(ReusePlan.Of(current, next)).Where(pair => pair.Second != Reuse.Whole).Select(pair => pair.First)];
}
