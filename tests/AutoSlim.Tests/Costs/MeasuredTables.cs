using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Tests.Profiling;

namespace AutoSlim.Tests.Costs;

/// <summary>Tables of invented times.</summary>
internal static class MeasuredTables
{
    /// <summary>A power of two, so that adding a context to a short binary fraction and taking it away again is exact.</summary>
    private const double ContextMicroseconds = 64;

    public static CostTable Empty() => new(Messages.Device);

    public static CostTable Of(IEnumerable<LayerSignature> signatures, Func<LayerSignature, double> microseconds)
    {
        var table = Empty();
        foreach (var signature in signatures)
        {
            table.Record(ProbeEntry.Context(signature).Name, Taking(ContextMicroseconds));
            table.Record(signature.ToString(), Taking(ContextMicroseconds + microseconds(signature)));
        }

        return table;
    }

    /// <summary>One entry of every kind that a file has to hold.</summary>
    public static CostTable Example()
    {
        var table = Empty();
        table.Record("context 8x8x8", new(0, 0, 0, 0, 0, ProbeStatus.Failed));
        table.Record("context 16x8x8", new(0.12345, 0, double.PositiveInfinity, 3, 0, ProbeStatus.Ok));
        table.Record("Convolution 16x8x8 to 96 k1 s1 p0 Relu6", new(14.5678, 14.5, 14.60001, 9, 2, ProbeStatus.Ok));
        return table;
    }

    public static Measurement Taking(double microseconds, ProbeStatus status = ProbeStatus.Ok) => new(microseconds, microseconds, microseconds, 9, 0, status);
}
