using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>Bytes of the exported 32-bit weights, batch norm folded into them: an ONNX file is a few kilobytes larger.</summary>
public sealed class ModelSize : ICostModel
{
    public string Name => "size";

    public double Price(ResolvedNetwork network) => Bytes(network);

    public static long Bytes(ResolvedNetwork network) => network.Signatures.Sum(signature => signature.FoldedParameters) * sizeof(float);
}
