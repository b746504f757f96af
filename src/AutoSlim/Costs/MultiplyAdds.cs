using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>Multiply-adds of convolution and linear layers for one image: what published tables call FLOPs.</summary>
public sealed class MultiplyAdds : ICostModel
{
    public string Name => "macs";

    public double Price(ResolvedNetwork network) => Count(network);

    public static long Count(ResolvedNetwork network) => network.Signatures.Sum(signature => signature.MultiplyAdds);
}
