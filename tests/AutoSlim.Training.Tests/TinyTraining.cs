using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Training.Tests;

/// <summary>A network and images small enough to train inside a test.</summary>
internal static class TinyTraining
{
    private static readonly Lazy<ImageData> Embedded = new(EmbeddedImages.Load);

    /// <summary>MobileNet v2 at a quarter of its width on grey images of 16 x 16.</summary>
    public static NetworkDefinition Definition { get; } =
        NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Imagenet, 16, InputChannels: 1, Classes: 10, MaximumWidth: 0.25));

    public static TrainingOptions Options { get; } = new() { Epochs = 2, BatchSize = 50, Seed = 3 };

    /// <summary>One step that moves every weight by its gradient, the mean of so many batches'.</summary>
    public static TrainingOptions PlainStep(int batches) => Options with
    {
        Epochs = 1,
        Accumulate = batches,
        LearningRate = 1,
        Schedule = ScheduleKind.Constant,
        WarmUpFraction = 0,
        Momentum = 0,
        WeightDecay = 0,
        MaximumGradientNorm = 0,
        Augment = AugmentationKind.None,
    };

    /// <summary>The first embedded training images, every second pixel of the 28 x 28 framed in black.</summary>
    public static ImageSet Images(int count) => Shrink(Embedded.Value.Training.Take(count));

    public static Normalization Normalization { get; } = Normalization.Of(Images(200));

    public static SlimmableNetwork Network(long seed = 3) => new(Definition, Definition.Widest, seed);

    /// <summary>Normal values, the same in every run: a bound on rounding must not depend on luck.</summary>
    public static TorchSharp.torch.Tensor Noise(params long[] shape)
    {
        using TorchSharp.torch.Generator generator = new(5);
        return TorchSharp.torch.randn(shape, generator: generator);
    }

    public static IEnumerable<ImageBatch> Batches(int count, int batchSize) => new Batches(Images(count), Normalization, batchSize).InOrder();

    /// <summary>Every element of every weight, in a fixed order.</summary>
    public static int[] Bits(SlimmableNetwork network) =>
        [.. network.Weights.Named.Values.SelectMany(weight => Elements(weight)).Select(BitConverter.SingleToInt32Bits)];

    public static float[] Elements(TorchSharp.torch.Tensor tensor)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        return tensor.detach().contiguous().data<float>().ToArray();
    }

    private static ImageSet Shrink(ImageSet images)
    {
        var pixels = Enumerable.Range(0, images.Count).SelectMany(image => Shrink(images.Image(image).ToArray()));
        return new(images.Name, 1, 16, 16, images.ClassNames, [.. pixels], images.Labels.ToArray());
    }

    private static IEnumerable<byte> Shrink(byte[] image) =>
        from row in Enumerable.Range(-1, 16)
        from column in Enumerable.Range(-1, 16)
        select row is < 0 or > 13 || column is < 0 or > 13 ? (byte)0 : image[56 * row + 2 * column];
}
