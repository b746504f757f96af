using System.Diagnostics;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;

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
        using var trainer = workload.NewTrainer(network);
        var losses = new List<IReadOnlyList<double>>();
        trainer.RunEpoch(0, step => losses.Add(step.Losses), CancellationToken.None);
        return losses;
    }

    public void Dispose()
    {
        trainer.Dispose();
        network.Dispose();
    }
}
