using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Training.Data;
using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Scoring;

/// <summary>Scores candidates of one slimming step on held-out images with batch statistics: by <see cref="CalibratedLoss"/>, or by error.</summary>
public sealed class CandidateScorer : IDisposable
{
    private readonly NetworkDefinition definition;
    private readonly IReadOnlyList<BasePass> batches;
    private readonly long[] labels;
    private readonly int classes;
    private readonly ScoringWay way;
    private readonly int kept;

    /// <param name="network">The trained supernet.</param>
    /// <param name="search">Held-out images, never trained on.</param>
    /// <param name="normalization">Of the training images.</param>
    /// <param name="way">How.</param>
    public CandidateScorer(SlimmableNetwork network, ImageSource search, Normalization normalization, ScoringWay way = ScoringWay.Shared)
        : this(network, search, normalization, way, ScoringMemory.BatchSize(network.Definition, search.Count), ScoringMemory.DefaultLimitBytes)
    {
    }

    /// <param name="batchSize">Images whose statistics normalise a candidate.</param>
    /// <param name="memoryLimitBytes">Batches whose activations do not fit are run again in every step.</param>
    internal CandidateScorer(SlimmableNetwork network, ImageSource search, Normalization normalization, ScoringWay way, int batchSize, long memoryLimitBytes)
    {
        (definition, classes, this.way) = (network.Definition, search.Classes, way);
        var loaded = new Batches(search, normalization, batchSize).InOrder().ToList();
        var weights = WeightSlices.Views(network.Weights);
        batches = [.. loaded.Select(batch => new BasePass(Load(batch, network.Device), weights))];
        labels = [.. loaded.SelectMany(batch => batch.Labels)];
        kept = (int)Math.Min(batches.Count, memoryLimitBytes / (ScoringMemory.BytesPerImage(definition) * batchSize));
    }

    /// <summary>Held-out score of each candidate, in their order.</summary>
    /// <param name="configuration">The base that the candidates are narrower than; quick when it is like that of the call before.</param>
    /// <param name="candidates">The more layers they share with the base, the quicker.</param>
    /// <param name="score">Lower is better.</param>
    public IReadOnlyList<double> Score(ChannelConfiguration configuration, IReadOnlyList<ChannelConfiguration> candidates, SearchScore score = SearchScore.Loss)
    {
        var networks = candidates.Select(definition.Resolve).ToList();
        var logits = batches.Select(_ => new float[candidates.Count][]).ToList();
        var current = definition.Resolve(configuration);
        if (way == ScoringWay.Exhaustive) Fill(logits, networks, 0, batches.Count, (batch, network) => batch.LogitsFromScratch(network));
        else FillShared(logits, current, networks);
        return [.. Enumerable.Range(0, candidates.Count).Select(member => ScoreOf([.. logits.SelectMany(batch => batch[member])], score))];
    }

    public void Dispose()
    {
        foreach (var batch in batches) batch.Dispose();
    }

    private Tensor Load(ImageBatch batch, Device device)
    {
        using var scope = NewDisposeScope();
        return MemoryLayout.ChannelsLast(ImageTensor.Of(batch, definition.Input, device)).DetachFromDisposeScope();
    }

    /// <summary>
    /// The kept batches at once, the others one after another, so that only one of them takes memory. The current network runs on as
    /// many threads as a candidate of all groups, however few are scored now: what it gives is kept for later steps, and on another number
    /// of threads batch statistics of large maps came out so differently that scores were off by 3e-4.
    /// </summary>
    private void FillShared(IReadOnlyList<float[][]> logits, ResolvedNetwork current, IReadOnlyList<ResolvedNetwork> networks)
    {
        var candidates = Math.Max(networks.Count, definition.Groups.Count);
        TorchRuntime.SideBySide([.. batches.Take(kept).Select<BasePass, Action>(batch => () => batch.MoveTo(current))], candidates * kept);
        Fill(logits, networks, 0, kept, (batch, network) => batch.LogitsOf(network));
        for (var index = kept; index < batches.Count; index++)
        {
            var batch = batches[index];
            TorchRuntime.SideBySide([() => batch.MoveTo(current)], candidates);
            Fill(logits, networks, index, 1, (own, network) => own.LogitsOf(network));
            batch.Clear();
        }
    }

    private void Fill(IReadOnlyList<float[][]> logits, IReadOnlyList<ResolvedNetwork> networks, int first, int count, Func<BasePass, ResolvedNetwork, float[]> pass) =>
        TorchRuntime.SideBySide([
            .. from member in Enumerable.Range(0, networks.Count)
               from index in Enumerable.Range(first, count)
               select (Action)(() => logits[index][member] = pass(batches[index], networks[member])),
        ]);

    private double ScoreOf(float[] logits, SearchScore score) => score == SearchScore.Loss ? CalibratedLoss.Of(logits, labels, classes) : TopError.Of(logits, labels, classes);
}
