using AutoSlim.Networks;

namespace AutoSlim.Benchmarks.Train;

/// <summary>Seconds of the whole machine for one batch through a layer, there and back.</summary>
/// <param name="Signature">The layer.</param>
/// <param name="OwnSeconds">By the road that AutoSlim takes.</param>
/// <param name="BestSeconds">By the quickest.</param>
internal sealed record LayerTime(LayerSignature Signature, double OwnSeconds, double BestSeconds)
{
    public string Kind => Signature switch
    {
        { Kind: OperatorKind.Convolution, Kernel: 1 } => "pointwise",
        { Kind: OperatorKind.Convolution } => "dense",
        { Kind: OperatorKind.DepthwiseConvolution } => "depthwise",
        _ => "classifier",
    };
}
