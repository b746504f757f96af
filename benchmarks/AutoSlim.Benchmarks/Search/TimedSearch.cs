using System.Diagnostics;
using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Training.Data;
using AutoSlim.Training.Scoring;

namespace AutoSlim.Benchmarks.Search;

/// <summary>One of AutoSlim's searches, step by step.</summary>
internal sealed class TimedSearch : IDisposable
{
    private readonly GreedySlimmer slimmer;
    private readonly IReadOnlyList<Target> targets;
    private readonly CandidateScorer scorer;
    private readonly IEnumerator<SlimmingStep> enumerator;
    private readonly Dictionary<string, ChannelConfiguration> met = [];

    public TimedSearch(SearchSubject subject, ImageSource images, SlimmingOptions options)
    {
        targets = subject.Targets;
        scorer = new(subject.Network, images, subject.Normalization);
        slimmer = new(subject.Definition, targets, [CountedCosts.All.Single(cost => cost.Name == SearchSubject.MacsName)], options);
        enumerator = slimmer.Run(Score, []).GetEnumerator();
    }

    /// <summary>Since it began, scoring the widest network included.</summary>
    public double Seconds { get; private set; }

    public int Evaluations { get; private set; }

    public SlimmingStep Current => enumerator.Current;

    public double MultiplyAdds => Current.Cost[SearchSubject.MacsName];

    public bool Ended => met.Count == targets.Count;

    /// <summary>The network of each target, in the targets' order; once ended.</summary>
    public IReadOnlyList<ChannelConfiguration> Chosen => [.. targets.Select(target => met[target.Name])];

    public void Step()
    {
        var clock = Stopwatch.StartNew();
        if (!enumerator.MoveNext()) throw new InvalidDataException("the search ended before every budget was met");
        Seconds += clock.Elapsed.TotalSeconds;
        foreach (var target in slimmer.MetBy(Current)) met.TryAdd(target.Name, Current.Configuration);
    }

    public void RunToEnd(CancellationToken cancellation)
    {
        while (!Ended)
        {
            cancellation.ThrowIfCancellationRequested();
            Step();
        }
    }

    public void Dispose()
    {
        enumerator.Dispose();
        scorer.Dispose();
    }

    private IReadOnlyList<double> Score(ChannelConfiguration current, IReadOnlyList<ChannelConfiguration> candidates)
    {
        Evaluations += candidates.Count;
        return scorer.Score(current, candidates);
    }
}
