using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Scoring;

/// <summary>Scores candidates of one slimming step on held-out images with batch statistics, by <see cref="CalibratedLoss"/>.</summary>
public sealed class CandidateScorer : IDisposable
{
    private readonly NetworkDefinition definition;
    private readonly IReadOnlyList<BasePass> batches;
    private readonly long[] labels;
    private readonly int classes;

    /// <param name="network">The trained supernet.</param>
    /// <param name="search">Held-out images, never trained on.</param>
    /// <param name="normalization">Of the training images.</param>
    /// <param name="batchSize">Images whose statistics normalise a candidate: a few hundred at least.</param>
    public CandidateScorer(SlimmableNetwork network, ImageSet search, Normalization normalization, int batchSize)
    {
        (definition, classes) = (network.Definition, search.Classes);
        var loaded = new Batches(search, normalization, batchSize).InOrder().ToList();
        var weights = WeightSlices.Views(network.Weights);
        batches = [.. loaded.Select(batch => new BasePass(Load(batch), weights))];
        labels = [.. loaded.SelectMany(batch => batch.Labels)];
    }

    /// <summary>Held-out loss of each candidate, in their order, nats.</summary>
    /// <param name="configuration">The base that the candidates are narrower than; quick when it is like that of the call before.</param>
    /// <param name="candidates">The more layers they share with the base, the quicker.</param>
    public IReadOnlyList<double> Score(ChannelConfiguration configuration, IReadOnlyList<ChannelConfiguration> candidates)
    {
        var networks = candidates.Select(definition.Resolve).ToList();
        var current = definition.Resolve(configuration);
        var logits = new float[batches.Count][][];
        TorchRuntime.SideBySide([.. batches.Select<BasePass, Action>((batch, index) => () => logits[index] = LogitsOf(batch, current, networks))]);
        return [.. Enumerable.Range(0, candidates.Count).Select(member => CalibratedLoss.Of([.. logits.SelectMany(batch => batch[member])], labels, classes))];
    }

    public void Dispose()
    {
        foreach (var batch in batches) batch.Dispose();
    }

    private Tensor Load(ImageBatch batch)
    {
        using var scope = NewDisposeScope();
        return MemoryLayout.ChannelsLast(ImageTensor.Of(batch, definition.Input)).DetachFromDisposeScope();
    }

    private static float[][] LogitsOf(BasePass batch, ResolvedNetwork current, IReadOnlyList<ResolvedNetwork> candidates)
    {
        batch.MoveTo(current);
        var logits = new float[candidates.Count][];
        TorchRuntime.SideBySide([.. candidates.Select<ResolvedNetwork, Action>((candidate, index) => () => logits[index] = batch.LogitsOf(candidate))]);
        return logits;
    }
}
