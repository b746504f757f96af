namespace AutoSlim.Slimming;

/// <summary>How much each group's candidate raised the loss when it was last scored.</summary>
internal sealed class KnownRises
{
    private readonly Dictionary<string, (double Rise, int Channels)> known = [];

    public bool Knows(Candidate candidate) => known.ContainsKey(candidate.Group);

    public void Learn(Candidate candidate, double rise) => known[candidate.Group] = (rise, candidate.Channels);

    /// <summary>In proportion to the channels: the blocks of a published grid differ, and the last one may be a part.</summary>
    public double Of(Candidate candidate)
    {
        var (rise, channels) = known[candidate.Group];
        return rise * ((double)candidate.Channels / channels);
    }
}
