using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Scoring;

/// <summary>
/// Scores candidates of one slimming step on held-out images with batch statistics, by <see cref="CalibratedLoss"/>. Layers before
/// the first one that a candidate changes give what they gave for the base configuration, so they run once (the search's shared prefix).
/// </summary>
public sealed class CandidateScorer : IDisposable
{
    private readonly SlimmableNetwork network;
    private readonly IReadOnlyList<Tensor> batches;
    private readonly long[] labels;
    private readonly int classes;

    /// <param name="network">The trained supernet.</param>
    /// <param name="search">Held-out images, never trained on.</param>
    /// <param name="normalization">Of the training images.</param>
    /// <param name="batchSize">Images whose statistics normalise a candidate: a few hundred at least.</param>
    public CandidateScorer(SlimmableNetwork network, ImageSet search, Normalization normalization, int batchSize)
    {
        this.network = network;
        classes = search.Classes;
        var loaded = new Batches(search, normalization, batchSize).InOrder().ToList();
        batches = [.. loaded.Select(Load)];
        labels = [.. loaded.SelectMany(batch => batch.Labels)];
    }

    /// <summary>Held-out loss of each candidate, in their order, nats.</summary>
    /// <param name="configuration">The base that the candidates are narrower than.</param>
    /// <param name="candidates">The more layers they share with the base, the quicker.</param>
    public IReadOnlyList<double> Score(ChannelConfiguration configuration, IReadOnlyList<ChannelConfiguration> candidates)
    {
        var networks = candidates.Select(network.Definition.Resolve).ToList();
        var current = network.Definition.Resolve(configuration);
        var logits = new float[batches.Count][][];
        TorchRuntime.SideBySide([.. batches.Select<Tensor, Action>((images, index) => () => logits[index] = LogitsOf(images, current, networks))]);
        return [.. Enumerable.Range(0, candidates.Count).Select(member => CalibratedLoss.Of([.. logits.SelectMany(batch => batch[member])], labels, classes))];
    }

    public void Dispose()
    {
        foreach (var images in batches) images.Dispose();
    }

    private Tensor Load(ImageBatch batch)
    {
        using var scope = NewDisposeScope();
        return MemoryLayout.ChannelsLast(ImageTensor.Of(batch, network.Definition.Input)).DetachFromDisposeScope();
    }

    private float[][] LogitsOf(Tensor images, ResolvedNetwork current, IReadOnlyList<ResolvedNetwork> candidates)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var shared = new Dictionary<string, Tensor> { [NetworkDefinition.InputName] = images };
        SlimmableNetwork.Forward(current, shared, 0, BatchNorm.OfBatch, WeightSlices.Views(network.Weights));
        var logits = new float[candidates.Count][];
        TorchRuntime.SideBySide([.. candidates.Select<ResolvedNetwork, Action>((candidate, index) => () => logits[index] = LogitsFrom(shared, current, candidate))]);
        return logits;
    }

    private float[] LogitsFrom(Dictionary<string, Tensor> shared, ResolvedNetwork current, ResolvedNetwork candidate)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var firstChanged = current.Layers.Zip(candidate.Layers).TakeWhile(pair => pair.First.Signature == pair.Second.Signature).Count();
        var first = Math.Min(firstChanged, candidate.Layers.Count - 1);
        return SlimmableNetwork.Forward(candidate, new(shared), first, BatchNorm.OfBatch, WeightSlices.Views(network.Weights)).data<float>().ToArray();
    }
}
