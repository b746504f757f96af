namespace AutoSlim.Training.Scoring;

/// <summary>What a layer of a candidate can take from the search's current network.</summary>
internal enum Reuse
{
    /// <summary>Nothing: it has to run.</summary>
    None,

    /// <summary>The first channels of what it gave: each channel sees what it saw, batch statistics included.</summary>
    FirstChannels,

    /// <summary>All that it gave.</summary>
    Whole,
}
