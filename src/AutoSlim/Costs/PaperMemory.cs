using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>
/// The memory column of the paper's tables: parameters without batch norm, and the elements of all convolutions' outputs for one image.
/// What a device needs at once is <see cref="PeakActivation"/>.
/// </summary>
public sealed class PaperMemory : ICostModel
{
    public string Name => "paper-memory";

    public double Price(ResolvedNetwork network) => Elements(network);

    public static long Elements(ResolvedNetwork network) => network.Signatures.Sum(signature => signature.WeightParameters + (signature.IsConvolution ? signature.Output.Elements : 0));
}
