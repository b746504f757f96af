using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>Weights, batch-norm affine parameters and classifier biases.</summary>
public sealed class Parameters : ICostModel
{
    public string Name => "params";

    public double Price(ResolvedNetwork network) => Count(network);

    public static long Count(ResolvedNetwork network) => network.Signatures.Sum(signature => signature.Parameters);
}
