using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>The measured prices of a <see cref="CostTable"/>, one surface for the operators that differ in width alone.</summary>
internal sealed class CostSurfaces
{
    /// <summary>Stands for the second dimension of an operator that has one width.</summary>
    private const int NoWidth = 1;

    private readonly Dictionary<LayerSignature, CostSurface> surfaces = [];
    private readonly List<LayerSignature> tooQuick = [];
    private readonly int alignment;

    public CostSurfaces(CostTable table)
    {
        alignment = table.Alignment;
        foreach (var (name, measurement) in table.Measurements)
            if (measurement.IsOk && ProbeEntry.OperatorNamed(name) is LayerSignature signature && table.Find(ProbeEntry.Context(signature)) is Measurement context)
                Add(signature, measurement.MedianMicroseconds - context.MedianMicroseconds);
    }

    public IReadOnlyList<LayerSignature> TooQuickToTell => tooQuick;

    public double? Price(LayerSignature signature) =>
        surfaces.TryGetValue(AnyWidth(signature), out var surface) ? surface.Price(signature.Input.Channels, OutputWidth(signature)) : null;

    private void Add(LayerSignature signature, double differenceMicroseconds)
    {
        if (differenceMicroseconds <= 0) tooQuick.Add(signature);
        if (!surfaces.TryGetValue(AnyWidth(signature), out var surface)) surfaces[AnyWidth(signature)] = surface = new(alignment);
        surface.Add(signature.Input.Channels, OutputWidth(signature), Math.Max(0, differenceMicroseconds));
    }

    private static LayerSignature AnyWidth(LayerSignature signature) => signature.WithChannels(0, 0);

    private static int OutputWidth(LayerSignature signature) => signature.KeepsChannels ? NoWidth : signature.OutputChannels;
}
