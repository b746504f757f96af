namespace AutoSlim.Slimming;

/// <summary>What the search asks of held-out images. Lower is better.</summary>
public enum SearchScore
{
    /// <summary>Cross-entropy, nats.</summary>
    Loss,

    /// <summary>Share of images whose class is not the top one, 0 to 1: coarse, so that most steps are decided by chance.</summary>
    Error,
}
