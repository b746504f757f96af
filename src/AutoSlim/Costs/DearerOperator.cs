using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>An operator that costs more in a slimmed network than it did before: what to look at when slimming made a network slower.</summary>
/// <param name="Layer">Name of its layer.</param>
/// <param name="Signature">As it is in the slimmed network.</param>
/// <param name="Microseconds">Of that.</param>
/// <param name="ParentMicroseconds">Of the same layer before.</param>
public sealed record DearerOperator(string Layer, LayerSignature Signature, double Microseconds, double ParentMicroseconds)
{
    /// <summary>The one whose price grew most, by the table; null where none did.</summary>
    /// <param name="parent">What was slimmed.</param>
    /// <param name="slimmed">Of the same definition.</param>
    /// <param name="table">With prices of both.</param>
    /// <exception cref="MissingCostException">An operator cannot be priced.</exception>
    public static DearerOperator? Of(ResolvedNetwork parent, ResolvedNetwork slimmed, CostTable table) => parent.Layers
        .Zip(slimmed.Layers, (before, after) => new DearerOperator(after.Name, after.Signature, table.PriceMicroseconds(after.Signature), table.PriceMicroseconds(before.Signature)))
        .Where(layer => layer.Microseconds > layer.ParentMicroseconds)
        .MaxBy(layer => layer.Microseconds - layer.ParentMicroseconds);

    public override string ToString() =>
        FormattableString.Invariant($"layer '{Layer}' ({Signature}) takes {Microseconds:0.0} us instead of {ParentMicroseconds:0.0}");
}
