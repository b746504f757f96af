using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>A cost table holds neither an operator nor widths around it; it is never extrapolated.</summary>
public sealed class MissingCostException(LayerSignature signature) : InvalidOperationException(
    $"the cost table has no time for operator '{signature}' and no measured widths around it: profile the network on this device first")
{
    /// <summary>What could not be priced.</summary>
    public LayerSignature Signature { get; } = signature;
}
