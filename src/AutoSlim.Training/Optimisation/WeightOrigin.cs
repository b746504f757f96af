namespace AutoSlim.Training.Optimisation;

/// <summary>What a final training starts from.</summary>
public enum WeightOrigin
{
    /// <summary>Random weights (paper section 3.3).</summary>
    Scratch,

    /// <summary>The first channels of the supernet's weights.</summary>
    Supernet,
}
