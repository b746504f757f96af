using System.Text.Json.Serialization;
using AutoSlim.Networks;

namespace AutoSlim.Slimming;

/// <summary>One decision of the search, with all that it was decided on.</summary>
/// <param name="Step">0 is the widest network, before any decision.</param>
/// <param name="Configuration">After the step.</param>
/// <param name="Cost">Of <paramref name="Configuration"/>, by cost name.</param>
/// <param name="Score">Of <paramref name="Configuration"/>, held out: <c>loss</c> in nats or <c>error</c>, one of them.</param>
/// <param name="Chosen">The group that lost channels; empty in step 0.</param>
/// <param name="Candidates">Those that were scored afresh.</param>
public sealed record SlimmingStep(
    int Step,
    ChannelConfiguration Configuration,
    IReadOnlyDictionary<string, double> Cost,
    IReadOnlyDictionary<string, double> Score,
    string Chosen,
    IReadOnlyList<ScoredCandidate> Candidates)
{
    /// <summary>The held-out score that the search goes by.</summary>
    [JsonIgnore]
    public double ScoreValue => Score.Values.Single();
}
