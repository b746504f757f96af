using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AutoSlim.Slimming;

/// <summary>What a search tells of itself, to whoever listens under <see cref="Name"/>: a span for every step that it decides, and its figures.</summary>
public static class SlimmingTelemetry
{
    /// <summary>Of the activity source and the meter.</summary>
    public const string Name = "AutoSlim.Slimming";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>("autoslim.slimming.step.duration", "s", "From a network to the next narrower one.");
    private static readonly Counter<long> Candidates = Meter.CreateCounter<long>("autoslim.slimming.candidates", description: "Candidates that were scored afresh.");

    internal static SlimmingStep Observe(Func<SlimmingStep> decide)
    {
        using var activity = Source.StartActivity("slimming step");
        var began = Stopwatch.GetTimestamp();
        var step = decide();
        Seconds.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        Candidates.Add(step.Candidates.Count);
        activity?.SetTag("autoslim.step", step.Step).SetTag("autoslim.chosen", step.Chosen).SetTag("autoslim.candidates", step.Candidates.Count);
        foreach (var (name, value) in step.Score.Concat(step.Cost)) activity?.SetTag($"autoslim.{name}", value);
        return step;
    }
}
