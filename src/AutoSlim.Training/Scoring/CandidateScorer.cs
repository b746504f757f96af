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

    /// <param name="batchSize">Images, at most, whose statistics normalise a candidate.</param>
    /// <param name="memoryLimitBytes">Batches whose activations do not fit are run again in every step.</param>
    internal CandidateScorer(SlimmableNetwork network, ImageSource search, Normalization normalization, ScoringWay way, int batchSize, long memoryLimitBytes)
    {
        (definition, classes, this.way) = (network.Definition, search.Classes, way);
        (batches, labels) = Read(new Batches(search, normalization, batchSize), network);
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
        if (way == ScoringWay.Exhaustive) FillFromScratch(logits, networks);
        else FillShared(logits, definition.Resolve(configuration), networks);
        return [.. Enumerable.Range(0, candidates.Count).Select(member => ScoreOf([.. logits.SelectMany(batch => batch[member])], score))];
    }

    public void Dispose()
    {
        foreach (var batch in batches) batch.Dispose();
    }

    /// <summary>One batch after another: as numbers of .NET they would take their memory once more.</summary>
    private (IReadOnlyList<BasePass> Passes, long[] Labels) Read(Batches images, SlimmableNetwork network)
    {
        var (passes, seen, weights) = (new List<BasePass>(), new List<long>(), WeightSlices.Views(network.Weights));
        foreach (var batch in images.Evenly())
        {
            passes.Add(new(Load(batch, network.Device), weights));
            seen.AddRange(batch.Labels);
        }

        return (passes, [.. seen]);
    }

    private Tensor Load(ImageBatch batch, Device device)
    {
        using var scope = NewDisposeScope();
        return MemoryLayout.ChannelsLast(ImageTensor.Of(batch, definition.Input, device)).DetachFromDisposeScope();
    }

    private void FillFromScratch(IReadOnlyList<float[][]> logits, IReadOnlyList<ResolvedNetwork> networks) =>
        SideBySide([.. Passes(logits, networks, Enumerable.Range(0, networks.Count), 0, batches.Count, (batch, network) => batch.LogitsFromScratch(network))], networks.Count);

    /// <summary>The kept batches at once, the others one after another, so that only one of them takes memory.</summary>
    private void FillShared(IReadOnlyList<float[][]> logits, ResolvedNetwork current, IReadOnlyList<ResolvedNetwork> networks)
    {
        Fill(logits, current, networks, 0, kept);
        for (var index = kept; index < batches.Count; index++)
        {
            Fill(logits, current, networks, index, 1);
            batches[index].Clear();
        }
    }

    /// <summary>
    /// The current network and the candidates side by side: a candidate waits for the layers that it takes from the current one, so
    /// those that leave it early, which also run longest, go first.
    /// </summary>
    private void Fill(IReadOnlyList<float[][]> logits, ResolvedNetwork current, IReadOnlyList<ResolvedNetwork> networks, int first, int count)
    {
        var moves = batches.Skip(first).Take(count).Select(batch => batch.MoveTo(current)).ToList();
        var members = Enumerable.Range(0, networks.Count).OrderBy(member => ReusePlan.SharedLayers(current, networks[member]));
        SideBySide([.. moves, .. Passes(logits, networks, members, first, count, (batch, network) => batch.LogitsOf(network))], networks.Count);
    }

    private IEnumerable<Action> Passes(
        IReadOnlyList<float[][]> logits, IReadOnlyList<ResolvedNetwork> networks, IEnumerable<int> members, int first, int count, Func<BasePass, ResolvedNetwork, float[]> pass) =>
        from member in members
        from index in Enumerable.Range(first, count)
        select (Action)(() => logits[index][member] = pass(batches[index], networks[member]));

    /// <summary>
    /// Everything runs on as many threads as when the current network and a candidate of each group are scored, however few are now: what the current network gives is
    /// kept for later steps, and on another number of threads batch statistics of large maps came out so differently that scores were
    /// off by 3e-4.
    /// </summary>
    private void SideBySide(IReadOnlyList<Action> jobs, int candidates) =>
        TorchRuntime.SideBySide(jobs, (Math.Max(candidates, definition.Groups.Count) + 1) * batches.Count);

    private double ScoreOf(float[] logits, SearchScore score) => score == SearchScore.Loss ? CalibratedLoss.Of(logits, labels, classes) : TopError.Of(logits, labels, classes);
}
