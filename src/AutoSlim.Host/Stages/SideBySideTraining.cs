using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Terminal;
using AutoSlim.Training.Native;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Host.Stages;

/// <summary>Trains networks side by side. One that fails is told at once and the others go on: they may take days, and are not at fault.</summary>
/// <param name="stage">For people.</param>
/// <param name="trainings">Those that an earlier sitting finished among them: each has the threads, and so the bits, that it would have had in an unbroken run.</param>
/// <param name="console">Told who failed.</param>
internal sealed class SideBySideTraining(string stage, IReadOnlyList<NetworkTraining> trainings, StageConsole console)
{
    private readonly ConcurrentQueue<(NetworkTraining Training, Exception Fault)> failures = [];

    /// <summary>The longest first.</summary>
    /// <param name="open">Those that are to be trained.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <exception cref="CommandFailedException">Some diverged; names each.</exception>
    public void Run(List<NetworkTraining> open, JointProgress progress, CancellationToken cancellation)
    {
        TorchRuntime.SideBySide([.. trainings.OrderByDescending(training => training.MultiplyAddsPerImage).Select<NetworkTraining, Action>(training => () =>
        {
            if (open.IndexOf(training) is >= 0 and var index) Guarded(training, () => training.Run(step => progress.Show(index, step), cancellation));
        })]);
        ThrowFailures();
    }

    private void Guarded(NetworkTraining training, Action run)
    {
        try
        {
            run();
        }
        catch (Exception fault) when (fault is not OperationCanceledException && trainings.Count > 1)
        {
            failures.Enqueue((training, fault));
            console.WriteLine($"{stage}: '{training.Path}' failed, the others go on: {fault.Message}");
        }
    }

    private void ThrowFailures()
    {
        if (failures.FirstOrDefault(failure => failure.Fault is not DivergenceException).Fault is Exception other) ExceptionDispatchInfo.Throw(other);
        if (!failures.IsEmpty) throw new CommandFailedException(string.Join("; ", failures.Select(failure => $"'{failure.Training.Path}': {failure.Fault.Message}")));
    }
}
