using AutoSlim.Costs.Import;
using AutoSlim.Networks;
using AutoSlim.Profiling;

namespace AutoSlim.Costs;

/// <summary>The measured prices of a <see cref="CostTable"/>, one surface for the operators that differ in width alone.</summary>
internal sealed class CostSurfaces
{
    /// <summary>Stands for the second dimension of an operator that has one width.</summary>
    private const int NoWidth = 1;

    private readonly Dictionary<LayerSignature, CostSurface> surfaces = [];
    private readonly List<LayerSignature> tooQuick = [];
    private readonly int alignment;
    private readonly DeviceDescription device;

    public CostSurfaces(CostTable table)
    {
        (alignment, device) = (table.Alignment, table.Device);
        foreach (var (name, measurement) in table.Measurements)
            if (measurement.IsOk && ProbeEntry.OperatorNamed(name) is LayerSignature signature && table.ContextMicroseconds(signature) is double context)
                Add(signature, measurement.MedianMicroseconds - context);
    }

    public IReadOnlyList<LayerSignature> TooQuickToTell => tooQuick;

    public double? Price(LayerSignature signature) => device.IsImported() ? ImportedPrice(signature) : OwnPrice(signature);

    private double? ImportedPrice(LayerSignature signature) =>
        IsInsideOthers(signature) ? 0 : TimedAs(signature).Select(OwnPrice).FirstOrDefault(price => price is not null);

    /// <summary>NetAdapt times convolutions with a bias and without what follows them.</summary>
    private static IEnumerable<LayerSignature> TimedAs(LayerSignature signature)
    {
        var alone = signature with { Activation = Activation.None };
        return signature.Kind == OperatorKind.BiasedPointwise ? [signature, alone, alone with { Kind = OperatorKind.Convolution }] : [signature, alone];
    }

    /// <summary>Additions, pooling, scaling, and a block's squeeze and excitation: inside the times of others, or not timed at all.</summary>
    private bool IsInsideOthers(LayerSignature signature) => signature.MultiplyAdds == 0
        || device.TimedBlocks() && signature is { Kind: OperatorKind.BiasedPointwise, Activation: Activation.Relu or Activation.HardSigmoid };

    private double? OwnPrice(LayerSignature signature) =>
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
