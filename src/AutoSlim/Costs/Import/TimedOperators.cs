using AutoSlim.Networks;

namespace AutoSlim.Costs.Import;

/// <summary>One time of a foreign table.</summary>
/// <param name="Operators">That share it, at least one; all of them have multiply-adds.</param>
/// <param name="Microseconds">For one image; above 0.</param>
/// <param name="Samples">Behind it; 1 where the table does not say.</param>
internal sealed record TimedOperators(IReadOnlyList<LayerSignature> Operators, double Microseconds, int Samples)
{
    public long MultiplyAdds => Operators.Sum(signature => signature.MultiplyAdds);
}
