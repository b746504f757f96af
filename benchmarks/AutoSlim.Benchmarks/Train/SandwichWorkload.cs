using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Benchmarks.Train;

/// <summary>The steps that both sides take: MobileNet v2 1.5x on images of CIFAR's size, batches of 64, four members a step.</summary>
internal sealed class SandwichWorkload
{
    private const int BatchSize = 64;
    private const int Side = 32;
    private const int Classes = 10;

    private readonly ImageSet images;
    private readonly int stepsPerRound;

    /// <param name="layout">Where the resolution is halved.</param>
    /// <param name="rounds">All of them, of which the first is not timed.</param>
    /// <param name="stepsPerRound">A round is an epoch of the trainer.</param>
    public SandwichWorkload(StrideLayout layout, int rounds, int stepsPerRound)
    {
        this.stepsPerRound = stepsPerRound;
        Definition = NetworkCatalog.Create(new(MobileNetV2.Name, layout, Side, InputChannels: 3, Classes));
        images = RandomImages(BatchSize * stepsPerRound);
        Normalization = Normalization.Of(images);
        Options = new() { Epochs = rounds, BatchSize = BatchSize };
        Schedule = new(Options.LearningRate, Options.WarmUpFraction, rounds * stepsPerRound);
    }

    public NetworkDefinition Definition { get; }

    public TrainingOptions Options { get; }

    public int ImagesPerRound => images.Count;

    private Normalization Normalization { get; }

    private LearningRateSchedule Schedule { get; }

    public SlimmableNetwork NewNetwork() => new(Definition, Definition.Widest, seed: 1);

    public Trainer NewTrainer(SlimmableNetwork network) => new(network, WidthSampler.Sandwich(Definition), images, Normalization, Options);

    /// <summary>What the trainer does in one round, step by step.</summary>
    public IReadOnlyList<SandwichBatch> Round(int round)
    {
        var sampler = WidthSampler.Sandwich(Definition);
        var random = Trainer.WidthsOf(Options.Seed, round);
        var batches = new Batches(images, Normalization, BatchSize).Shuffled(Options.Seed, round, Augmentation.ShiftAndFlip);
        return [.. batches.Select((batch, step) => new SandwichBatch(round * stepsPerRound + step, batch, sampler.Sample(ref random), Schedule.At(round * stepsPerRound + step)))];
    }

    /// <summary>Noise: the time does not depend on what the images show.</summary>
    private static ImageSet RandomImages(int count)
    {
        var random = new SplitMix64(1);
        var pixels = new byte[count * 3 * Side * Side];
        var labels = new int[count];
        foreach (ref var pixel in pixels.AsSpan()) pixel = (byte)random.Below(256);
        foreach (ref var label in labels.AsSpan()) label = random.Below(Classes);
        return new("noise", 3, Side, Side, [.. Enumerable.Range(0, Classes).Select(label => $"class {label}")], pixels, labels);
    }
}
