using CsCheck;

namespace AutoSlim.Tests.Costs;

/// <summary>Limits of all sizes, the sensible ones as often as the absurd ones.</summary>
internal static class Limits
{
    public static Gen<double> Any { get; } = Gen.OneOf(Exponent(-4, 13), Exponent(-300, 300), Gen.Int[1, 10_000].Select(thousandths => thousandths / 1000.0));

    private static Gen<double> Exponent(double from, double to) => Gen.Double[from, to].Select(exponent => Math.Pow(10, exponent));
}
