namespace AutoSlim.Slimming;

/// <summary>Which candidate a slimming step takes.</summary>
public enum StepRule
{
    /// <summary>The lowest loss, whatever is saved (paper section 3.3).</summary>
    Paper,

    /// <summary>The lowest rise of the loss per binding cost saved.</summary>
    Ratio,
}
