using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Scoring;

/// <summary>
/// Scores candidates of one slimming step on held-out images with batch statistics. Layers before the first one that a
/// candidate changes give what they gave for the base configuration, so they run once (the search's shared prefix).
/// </summary>
public sealed class CandidateScorer : IDisposable
{
    private readonly SlimmableNetwork network;
    private readonly IReadOnlyList<(Tensor Images, Tensor Labels)> batches;

    /// <param name="network">The trained supernet.</param>
    /// <param name="search">Held-out images, never trained on.</param>
    /// <param name="normalization">Of the training images.</param>
    /// <param name="batchSize">Images whose statistics normalise a candidate: a few hundred at least.</param>
    public CandidateScorer(SlimmableNetwork network, ImageSet search, Normalization normalization, int batchSize)
    {
        this.network = network;
        batches = [.. new Batches(search, normalization, batchSize).InOrder().Select(Load)];
    }

    /// <summary>Mean held-out loss of the base configuration and of each candidate, in their order.</summary>
    public (double Base, IReadOnlyList<double> Candidates) Score(ChannelConfiguration configuration, IReadOnlyList<ChannelConfiguration> candidates)
    {
        using var noGradient = no_grad();
        var networks = candidates.Select(network.Definition.Resolve).ToList();
        var current = network.Definition.Resolve(configuration);
        var perBatch = batches.Select(batch => ScoreBatch(batch, current, networks)).ToList();
        var total = batches.Sum(batch => batch.Labels.shape[0]);
        var means = Enumerable.Range(0, candidates.Count + 1)
            .Select(member => perBatch.Zip(batches, (losses, batch) => losses[member] * batch.Labels.shape[0]).Sum() / total).ToList();
        return (means[0], means.Skip(1).ToList());
    }

    public void Dispose()
    {
        foreach (var (images, labels) in batches)
        {
            images.Dispose();
            labels.Dispose();
        }
    }

    private (Tensor Images, Tensor Labels) Load(ImageBatch batch)
    {
        using var scope = NewDisposeScope();
        var images = MemoryLayout.ChannelsLast(ImageTensor.Of(batch, network.Definition.Input));
        return (images.DetachFromDisposeScope(), tensor(batch.Labels).DetachFromDisposeScope());
    }

    /// <summary>Losses of the base first, then of the candidates.</summary>
    private double[] ScoreBatch((Tensor Images, Tensor Labels) batch, ResolvedNetwork current, IReadOnlyList<ResolvedNetwork> candidates)
    {
        using var scope = NewDisposeScope();
        var shared = new Dictionary<string, Tensor> { [NetworkDefinition.InputName] = batch.Images };
        var logits = SlimmableNetwork.Forward(current, shared, 0, BatchNorm.OfBatch, WeightSlices.Views(network.Weights));
        var losses = new double[candidates.Count + 1];
        losses[0] = Evaluation.Of(logits, batch.Labels).Loss;
        TorchRuntime.SideBySide([.. candidates.Select<ResolvedNetwork, Action>((candidate, index) => () =>
            losses[index + 1] = ScoreFrom(shared, batch.Labels, current, candidate))]);
        return losses;
    }

    private double ScoreFrom(Dictionary<string, Tensor> shared, Tensor labels, ResolvedNetwork current, ResolvedNetwork candidate)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var firstChanged = current.Layers.Zip(candidate.Layers).TakeWhile(pair => pair.First.Signature == pair.Second.Signature).Count();
        var first = Math.Min(firstChanged, candidate.Layers.Count - 1);
        var logits = SlimmableNetwork.Forward(candidate, new(shared), first, BatchNorm.OfBatch, WeightSlices.Views(network.Weights));
        return Evaluation.Of(logits, labels).Loss;
    }
}
