using AutoSlim.Networks;

namespace AutoSlim.Slimming;

/// <summary>What would become of the current network if one group lost channels.</summary>
/// <param name="Group">The group.</param>
/// <param name="Configuration">The network after the step.</param>
/// <param name="Cost">By cost name.</param>
/// <param name="Saving">How much of the binding cost's <see cref="Costs.ICostModel.Pressure"/> the step takes away; above 0.</param>
/// <param name="Channels">That the group would lose; above 0.</param>
internal sealed record Candidate(string Group, ChannelConfiguration Configuration, IReadOnlyDictionary<string, double> Cost, double Saving, int Channels)
{
    /// <summary>
    /// Order of preference for an estimated rise of the loss, lowest first; equal ones go to the larger saving, then (by a stable sort)
    /// to the earlier group. Divided by the saving, rises below 0 are noise of the search images and count as 0.
    /// </summary>
    public (double Key, double Tie) Preference(StepRule rule, double rise) => rule switch
    {
        StepRule.Paper => (rise, -Saving),
        _ => (Math.Max(rise, 0) / Saving, -Saving),
    };
}
