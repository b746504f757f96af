using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Optimisation;

/// <summary>
/// The one training loop. With a sandwich sampler it trains a supernet: gradients of all members add up, the first learns the
/// labels, the others learn its softmax (in-place distillation). With a single width it is ordinary training; what the members
/// learn may be another <see cref="Lesson"/>.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly SlimmableNetwork network;
    private readonly WidthSampler sampler;
    private readonly TrainingOptions options;
    private readonly Lesson lesson;
    private readonly Batches batches;
    private readonly LearningRateSchedule schedule;
    private double? smoothedLoss;

    public Trainer(
        SlimmableNetwork network, WidthSampler sampler, ImageSet images, Normalization normalization, TrainingOptions options, Lesson? lesson = null)
    {
        (this.network, this.sampler, this.options, this.lesson) = (network, sampler, options, lesson ?? Lesson.InPlaceDistillation);
        batches = new(images, normalization, options.BatchSize);
        schedule = new(options.LearningRate, options.WarmUpFraction, options.Epochs * batches.PerEpoch);
        Momentum = new(network.Weights, options);
    }

    /// <summary>Images of all epochs.</summary>
    public long TotalImages => (long)options.Epochs * batches.PerEpoch * options.BatchSize;

    /// <summary>What a resumed run needs besides the weights.</summary>
    public NesterovMomentum Momentum { get; }

    /// <summary>Runs one epoch; every step follows from seed, epoch and step alone.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="onStep">Called after each step.</param>
    /// <param name="cancellation">Looked at between steps; the epoch is then unfinished and must not be saved.</param>
    /// <exception cref="DivergenceException">A loss is not a finite number; the weights are as the step before left them.</exception>
    public void RunEpoch(int epoch, Action<TrainingProgress> onStep, CancellationToken cancellation)
    {
        var augmentation = options.Augment ? Augmentation.ShiftAndFlip : Augmentation.None;
        var random = WidthsOf(options.Seed, epoch);
        var step = epoch * batches.PerEpoch;
        foreach (var batch in batches.Shuffled(options.Seed, epoch, augmentation))
        {
            cancellation.ThrowIfCancellationRequested();
            var learningRate = schedule.At(step++);
            var losses = Gradients(batch, sampler.Sample(ref random));
            RequireFinite(losses, step, learningRate);
            Momentum.Step(learningRate);
            onStep(Progress(epoch, step, losses[0]));
        }
    }

    public void Dispose() => Momentum.Dispose();

    private const ulong WidthStream = 0x5eed_0001;

    /// <summary>What an epoch draws its members from, one step after another.</summary>
    internal static SplitMix64 WidthsOf(ulong seed, int epoch) => SplitMix64.For(seed ^ WidthStream, epoch);

    private static void RequireFinite(IReadOnlyList<double> losses, int step, double learningRate)
    {
        if (losses.All(double.IsFinite)) return;
        throw new DivergenceException(losses.First(loss => !double.IsFinite(loss)), step, learningRate);
    }

    /// <summary>Adds up the gradients of all members; their losses, the first member's first.</summary>
    private IReadOnlyList<double> Gradients(ImageBatch batch, IReadOnlyList<ChannelConfiguration> members)
    {
        using var scope = NewDisposeScope();
        Momentum.ClearGradients();
        var (images, labels) = (ImageTensor.Of(batch, network.Definition.Input, network.Device), ImageTensor.Labels(batch, network.Device));
        return lesson.AddGradients(network, members, images, labels, options.LabelSmoothing, options.Precision);
    }

    private TrainingProgress Progress(int epoch, int step, double loss)
    {
        smoothedLoss = smoothedLoss is double past ? 0.95 * past + 0.05 * loss : loss;
        return new(epoch + 1, options.Epochs, (long)step * options.BatchSize, TotalImages, smoothedLoss.Value);
    }
}
