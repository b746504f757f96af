using AutoSlim.Training.Checkpoints;

namespace AutoSlim.Training.Tests.Pretrained;

/// <summary>
/// A file as torchvision's networks would be saved, its values drawn by a rule that any language repeats: the state dictionary in its
/// order, SplitMix64 of seed 7. Of the same values are the logits in torchvision.logits.txt: torchvision 0.14, inference in 64 bits, two
/// images of 3x32x32 whose values are 2u-1 of the same sequence; the first six of the first image, the last six of the second.
/// </summary>
internal static class TorchvisionFile
{
    private const ulong Seed = 7;

    public static SafeTensorsFile Of(string network)
    {
        var random = new SplitMix64(Seed);
        var tensors = new Dictionary<string, StoredTensor>();
        foreach (var (name, shape) in TorchvisionNamesTests.StateDictionary(network))
            tensors[name] = name.EndsWith("num_batches_tracked", StringComparison.Ordinal) ? StoredTensor.Of([], [1L]) : StoredTensor.Of(shape, Values(name, shape, ref random));
        return new(tensors, new Dictionary<string, string>());
    }

    public static float[] Images()
    {
        var random = new SplitMix64(Seed);
        var pixels = new float[2 * 3 * 32 * 32];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (float)(2 * random.Unit() - 1);
        return pixels;
    }

    private static float[] Values(string name, long[] shape, ref SplitMix64 random)
    {
        var centred = name.EndsWith("running_mean", StringComparison.Ordinal) || name.EndsWith(".bias", StringComparison.Ordinal);
        var spread = Math.Sqrt(3.0 / shape.Skip(1).Aggregate(1L, (product, size) => product * size));
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
        {
            var unit = random.Unit();
            values[i] = (float)(centred ? 0.4 * unit - 0.2 : shape.Length == 1 ? 0.5 + unit : (2 * unit - 1) * spread);
        }

        return values;
    }
}
