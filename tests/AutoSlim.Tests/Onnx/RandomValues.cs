namespace AutoSlim.Tests.Onnx;

/// <summary>Seeded numbers in [-1, 1).</summary>
internal static class RandomValues
{
    public static float[] Of(long count, ulong seed)
    {
        var random = new SplitMix64(seed);
        var values = new float[count];
        for (var i = 0; i < values.Length; i++) values[i] = random.Symmetric();
        return values;
    }
}
