using System.Diagnostics;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Benchmarks.Train;

/// <summary>AutoSlim's own trainer on a workload.</summary>
internal sealed class AutoSlimSide : IDisposable
{
    private readonly SlimmableNetwork network;
    private readonly Trainer trainer;

    public AutoSlimSide(SandwichWorkload workload)
    {
        network = workload.NewNetwork();
        trainer = workload.NewTrainer(network);
    }

    /// <summary>Of one round, augmentation included.</summary>
    public RoundTime Run(int round, CancellationToken cancellation)
    {
        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        trainer.RunEpoch(round, _ => { }, cancellation);
        return new(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }

    /// <summary>The losses of every member in each step of the first round, of a network of its own.</summary>
    public static IReadOnlyList<IReadOnlyList<double>> Losses(SandwichWorkload workload)
    {
        using var network = workload.NewNetwork();
        using var momentum = new NesterovMomentum(network.Weights, workload.Options);
        return [.. workload.Round(0).Select(step => Losses(network, momentum, step, workload.Options.LabelSmoothing))];
    }

    public void Dispose()
    {
        trainer.Dispose();
        network.Dispose();
    }

    private static IReadOnlyList<double> Losses(SlimmableNetwork network, NesterovMomentum momentum, SandwichBatch step, double labelSmoothing)
    {
        using var scope = NewDisposeScope();
        using var sandwich = new SandwichStep(network, step.Members);
        momentum.ClearGradients();
        var losses = sandwich.Run(ImageTensor.Of(step.Batch, network.Definition.Input, network.Device), ImageTensor.Labels(step.Batch, network.Device), labelSmoothing);
        momentum.Step(step.LearningRate);
        return losses;
    }
}
