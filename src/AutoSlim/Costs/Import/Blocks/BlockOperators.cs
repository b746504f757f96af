using AutoSlim.Networks;
using static AutoSlim.Networks.Activation;

namespace AutoSlim.Costs.Import.Blocks;

/// <summary>
/// What runs in an entry of a block table. Facts from mit-han-lab/once-for-all: ofa/nas/efficiency_predictor/latency_lookup_table.py (kinds,
/// fields, that <c>expand</c> is a ratio, or channels where <c>se</c> and <c>hs</c> follow, that Logits is all that follows Conv_1) and
/// mit-han-lab/proxylessnas: search/utils/latency_estimator.py. ProxylessNAS has ReLU6 throughout (search/modules/layers.py,
/// search/models/super_nets/super_proxyless.py there); with <c>hs</c> a block has hard swish or ReLU, and stem, tail and Conv_2 have hard
/// swish (ofa/imagenet_classification/networks/mobilenet_v3.py in once-for-all).
/// </summary>
/// <param name="format">The file's.</param>
/// <param name="excited">Whether the file's blocks say <c>se</c> and <c>hs</c>.</param>
internal sealed class BlockOperators(ImportFormat format, bool excited)
{
    private const int StemKernel = 3;

    private static readonly string[] Block = ["expand", "kernel", "stride", "idskip"];
    private static readonly string[] ExcitedBlock = [.. Block, "se", "hs"];

    /// <summary>
    /// The convolutions and the fully connected layer: additions, pooling, squeeze and excitation are inside the time, too, and are charged
    /// nothing of their own. The last have a few hundredths of a block's multiply-adds, at a width that is tied to the block's.
    /// </summary>
    /// <returns>No operators, and the reason, where none here does the same.</returns>
    public (IReadOnlyList<LayerSignature> Operators, string? Reason) Of(BlockKey key)
    {
        IReadOnlyList<LayerSignature> operators = key.Kind switch
        {
            "Conv" => [new(OperatorKind.Convolution, key.Input, key.Output.Channels, StemKernel, Stride(key), StemKernel / 2, Ends)],
            "Conv_1" => [new(OperatorKind.Convolution, key.Input, key.Output.Channels, Activation: Ends)],
            "Conv_2" when format == ImportFormat.OnceForAll && key.Input is { Height: 1, Width: 1 } => [new(OperatorKind.BiasedPointwise, key.Input, key.Output.Channels, Activation: HardSwish)],
            "Logits" => [new(OperatorKind.Linear, new(key.Input.Channels, 1, 1), key.Output.Channels)],
            "expanded_conv" when key.HasExactly(excited ? ExcitedBlock : Block) => [.. Inside(key)],
            _ => [],
        };
        if (operators.Count == 0) return ([], ReasonFor(key));
        return operators[^1].Output == key.Output && operators.All(IsReal) ? (operators, null) : ([], $"has an output that does not follow from its input: {key.Output} found");
    }

    private Activation Ends => excited ? HardSwish : Relu6;

    private IEnumerable<LayerSignature> Inside(BlockKey key)
    {
        var expand = Math.Min(key.Fields["expand"], Extents.MaximumChannels);
        var (middle, activation) = excited ? (expand, key.Fields["hs"] == 1 ? HardSwish : Relu) : (key.Input.Channels * expand, Relu6);
        var kernel = key.Fields["kernel"];
        if (!Extents.IsChannels((long)middle, out _) || !Extents.IsKernel((long)kernel, out _) || !Extents.IsKernel((long)key.Fields["stride"], out _)) yield break;
        if (middle != key.Input.Channels) yield return new(OperatorKind.Convolution, key.Input, middle, Activation: activation);
        var depthwise = new LayerSignature(OperatorKind.DepthwiseConvolution, key.Input with { Channels = middle }, middle, kernel, key.Fields["stride"], kernel / 2, activation);
        yield return depthwise;
        yield return new(OperatorKind.Convolution, depthwise.Output, key.Output.Channels);
    }

    /// <summary>The stem halves the map, or keeps it.</summary>
    private static int Stride(BlockKey key) => key.Output.Height == key.Input.Height ? 1 : 2;

    private static bool IsReal(LayerSignature signature) => signature.Output is { Height: > 0, Width: > 0 };

    private string ReasonFor(BlockKey key) => key.Kind switch
    {
        "AvgPool2D" => "has no multiply-adds: pooling is charged nothing",
        "Conv_2" when format == ImportFormat.ProxylessNas => "is of a kind that only once-for-all writes",
        "expanded_conv" => $"has other fields than {string.Join(", ", excited ? ExcitedBlock : Block)}, or one out of range",
        _ => $"is nothing that {format.Word()} writes",
    };
}
