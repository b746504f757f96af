using System.Diagnostics;
using AutoSlim.Costs;
using AutoSlim.Slimming;
using AutoSlim.Training.Data;
using AutoSlim.Training.Scoring;

namespace AutoSlim.Benchmarks.Search;

/// <summary>AutoSlim's reference: the same step again, every candidate from the first layer.</summary>
internal sealed class ExhaustiveSide : IDisposable
{
    private readonly GreedySlimmer slimmer;
    private readonly CandidateScorer scorer;

    public ExhaustiveSide(SearchSubject subject, ImageSource images)
    {
        scorer = new(subject.Network, images, subject.Normalization, ScoringWay.Exhaustive);
        slimmer = new(subject.Definition, subject.Targets, [CountedCosts.All.Single(cost => cost.Name == SearchSubject.MacsName)], SlimmingOptions.Exhaustive);
    }

    /// <summary>Decides the step after <paramref name="earlier"/> again.</summary>
    /// <returns>The step, and the seconds of its scoring.</returns>
    public (SlimmingStep Step, double Seconds) Decide(IReadOnlyList<SlimmingStep> earlier)
    {
        var clock = new Stopwatch();
        var step = slimmer.Run((current, candidates) =>
        {
            clock.Start();
            var scores = scorer.Score(current, candidates);
            clock.Stop();
            return scores;
        }, earlier).ElementAt(earlier.Count);
        return (step, clock.Elapsed.TotalSeconds);
    }

    public void Dispose() => scorer.Dispose();
}
