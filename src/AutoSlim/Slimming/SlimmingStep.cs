using System.Text.Json.Serialization;
using AutoSlim.Networks;

namespace AutoSlim.Slimming;

/// <summary>One decision of the search, with all that it was decided on.</summary>
/// <param name="Step">0 is the widest network, before any decision.</param>
/// <param name="Configuration">After the step.</param>
/// <param name="Cost">Of <paramref name="Configuration"/>, by cost name.</param>
/// <param name="Score">Of <paramref name="Configuration"/>: <c>loss</c>, held out.</param>
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
    [JsonIgnore]
    public double Loss => Score[LossName];

    internal const string LossName = "loss";
}
