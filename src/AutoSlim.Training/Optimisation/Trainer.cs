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
    private readonly Optimizer optimizer;
    private readonly WeightAverage average;
    private double? smoothedLoss;

    public Trainer(
        SlimmableNetwork network, WidthSampler sampler, ImageSource images, Normalization normalization, TrainingOptions options, Lesson? lesson = null)
    {
        (this.network, this.sampler, this.options, this.lesson) = (network, sampler, options, lesson ?? Lesson.InPlaceDistillation);
        batches = new(images, normalization, options.BatchSize);
        schedule = LearningRateSchedule.Of(options, options.Epochs * StepsPerEpoch);
        State = new(network.Weights);
        optimizer = Optimizer.Of(network.Weights, State, options);
        average = new(network.Weights, State, options.AverageDecay);
    }

    /// <summary>Images of all epochs.</summary>
    public long TotalImages => (long)options.Epochs * batches.PerEpoch * batches.Size;

    public int StepsPerEpoch => (batches.PerEpoch + options.Accumulate - 1) / options.Accumulate;

    public TrainingState State { get; }

    /// <summary>Runs one epoch; every step follows from seed, epoch and step alone.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="onStep">Called after each step.</param>
    /// <param name="cancellation">Looked at between batches; the epoch is then unfinished and must not be saved.</param>
    /// <exception cref="DivergenceException">A loss or the gradient is not a finite number; the weights are as the step before left them.</exception>
    public void RunEpoch(int epoch, Action<TrainingProgress> onStep, CancellationToken cancellation)
    {
        var augmentation = Augmentation.Of(options.Augment);
        var random = WidthsOf(options.Seed, epoch);
        using var source = batches.Shuffled(options.Seed, epoch, augmentation).GetEnumerator();
        for (var step = 0; step < StepsPerEpoch; step++)
        {
            var count = Math.Min(options.Accumulate, batches.PerEpoch - step * options.Accumulate);
            var losses = Gradients(source, count, sampler.Sample(ref random), cancellation);
            var batchesDone = epoch * batches.PerEpoch + step * options.Accumulate + count;
            onStep(Move(epoch, epoch * StepsPerEpoch + step, losses) with { Images = (long)batchesDone * batches.Size, StepImages = count * batches.Size });
        }
    }

    /// <summary>
    /// Exchanges the weights and their moving average; once more before the training goes on. Nothing where none is kept.
    /// </summary>
    public void SwapAverages() => average.Swap();

    public void Dispose()
    {
        optimizer.Dispose();
        State.Dispose();
    }

    private const ulong WidthStream = 0x5eed_0001;

    /// <summary>What an epoch draws its members from, one step after another.</summary>
    internal static SplitMix64 WidthsOf(ulong seed, int epoch) => SplitMix64.For(seed ^ WidthStream, epoch);

    private static void RequireFinite(IReadOnlyList<double> losses, int step, double learningRate)
    {
        if (losses.All(double.IsFinite)) return;
        throw new DivergenceException(losses.First(loss => !double.IsFinite(loss)), step, learningRate);
    }

    /// <summary>The mean gradient of the next batches; the members' mean losses, the first member's first.</summary>
    private double[] Gradients(IEnumerator<ImageBatch> source, int count, IReadOnlyList<ChannelConfiguration> members, CancellationToken cancellation)
    {
        optimizer.ClearGradients();
        var sums = new double[members.Count];
        for (var batch = 0; batch < count && source.MoveNext(); batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (member, loss) in AddGradients(source.Current, members).Index()) sums[member] += loss;
        }

        optimizer.DivideGradients(count);
        return [.. sums.Select(sum => sum / count)];
    }

    /// <summary>Adds up the gradients of all members; their losses.</summary>
    private IReadOnlyList<double> AddGradients(ImageBatch batch, IReadOnlyList<ChannelConfiguration> members)
    {
        using var scope = NewDisposeScope();
        var (images, labels) = (ImageTensor.Of(batch, network.Definition.Input, network.Device), ImageTensor.Labels(batch, network.Device));
        return lesson.AddGradients(network, members, images, labels, options.LabelSmoothing, options.Precision);
    }

    /// <param name="epoch">From 0.</param>
    /// <param name="step">From 0, over all epochs.</param>
    /// <param name="losses">Of the members.</param>
    private TrainingProgress Move(int epoch, int step, IReadOnlyList<double> losses)
    {
        var learningRate = schedule.At(step);
        RequireFinite(losses, step + 1, learningRate);
        var norm = optimizer.Step(learningRate, step + 1);
        if (!double.IsFinite(norm)) throw DivergenceException.OfGradient(norm, losses[0], step + 1, learningRate);
        if (options.AverageDecay > 0) average.Update(step + 1);
        smoothedLoss = smoothedLoss is double past ? 0.95 * past + 0.05 * losses[0] : losses[0];
        return new(epoch + 1, options.Epochs, Images: 0, TotalImages, smoothedLoss.Value)
        {
            Step = step + 1,
            Losses = losses,
            LearningRate = learningRate,
            GradientNorm = norm,
        };
    }
}
