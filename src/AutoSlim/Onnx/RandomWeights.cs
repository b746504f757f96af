using AutoSlim.Networks;

namespace AutoSlim.Onnx;

/// <summary>
/// Weights that stand in for trained ones where only time matters: always the same, and scaled so that activations neither die out
/// (denormal numbers are slow) nor overflow in a deep network.
/// </summary>
internal static class RandomWeights
{
    private const ulong Seed = 1903_11728;
    private const float BiasLimit = 0.1f;

    public static Dictionary<string, FoldedWeights> For(ResolvedNetwork network) => network.Layers
        .Index()
        .Where(it => WeightShape.Has(it.Item.Signature))
        .ToDictionary(it => it.Item.Name, it => For(it.Item.Signature, it.Index));

    /// <param name="signature">What the weights are for.</param>
    /// <param name="item">Layers of one model differ in it.</param>
    public static FoldedWeights For(LayerSignature signature, int item)
    {
        var random = SplitMix64.For(Seed, item);
        var elements = WeightShape.Elements(signature);
        var limit = (float)Math.Sqrt(3 * Gain(signature) * signature.OutputChannels / elements);
        return new(Uniform((int)elements, limit, ref random), Uniform(signature.OutputChannels, BiasLimit, ref random));
    }

    /// <summary>Variance out over variance in: a rectifier halves it, and a residual branch has to add little.</summary>
    private static double Gain(LayerSignature signature) => signature.Activation == Activation.None ? 0.5 : 2;

    private static float[] Uniform(int count, float limit, ref SplitMix64 random)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++) values[i] = limit * random.Symmetric();
        return values;
    }
}
