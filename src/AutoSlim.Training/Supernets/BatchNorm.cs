using AutoSlim.Networks;
using AutoSlim.Training.Normalisation;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Training.Supernets;

/// <summary>
/// Where batch norm takes its mean and variance from. The affine parameters are shared by all configurations; the statistics
/// never are: those of one width are useless at another (slimmable networks, section 3.2).
/// </summary>
public abstract class BatchNorm
{
    /// <summary>Mean and variance of the batch itself: while training, and for candidates of the search over a large batch.</summary>
    public static BatchNorm OfBatch { get; } = new OfBatchStatistics();

    /// <summary>The layers of a network that batch norm follows.</summary>
    internal static IEnumerable<ResolvedLayer> NormalisedLayers(ResolvedNetwork network) =>
        network.Layers.Where(layer => layer.Signature.IsConvolution);

    /// <summary>Normalises a convolution's output, which nothing else reads, and applies the layer's activation.</summary>
    internal virtual Tensor ApplyWithActivation(ResolvedLayer layer, Tensor convolved, WeightSlices weights) =>
        Activations.Apply(Activations.Replaced(convolved, Apply(layer, convolved, weights)), layer.Signature.Activation);

    internal abstract Tensor Apply(ResolvedLayer layer, Tensor value, WeightSlices weights);

    private protected static Tensor Normalise(
        ResolvedLayer layer, Tensor value, WeightSlices weights, Tensor? mean, Tensor? variance, bool ofBatch, double momentum = 0) => F.batch_norm(
        value, mean!, variance!, weights.Gamma(layer), weights.Beta(layer), training: ofBatch, momentum: momentum, eps: SlimmableNetwork.BatchNormEpsilon);

    private sealed class OfBatchStatistics : BatchNorm
    {
        internal override Tensor ApplyWithActivation(ResolvedLayer layer, Tensor convolved, WeightSlices weights) =>
            FusedNormalisation.Fits(convolved, layer.Signature.Activation)
                ? FusedNormalisation.Apply(convolved, weights.Gamma(layer), weights.Beta(layer), layer.Signature.Activation, SlimmableNetwork.BatchNormEpsilon)
                : base.ApplyWithActivation(layer, convolved, weights);

        internal override Tensor Apply(ResolvedLayer layer, Tensor value, WeightSlices weights) =>
            Normalise(layer, value, weights, null, null, ofBatch: true);
    }
}
