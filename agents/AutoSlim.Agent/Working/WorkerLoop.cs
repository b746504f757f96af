using AutoSlim.Agent.Conditions;
using AutoSlim.Agent.Evaluating;
using AutoSlim.Agent.Limits;
using AutoSlim.Agent.Measuring;
using AutoSlim.Agent.Models;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Working;

/// <summary>The worker's side: does what the agent asks, one thing at a time, until the agent is gone.</summary>
internal static class WorkerLoop
{
    private const string OutOfMemoryScore = "/proc/self/oom_score_adj";
    private const string FirstToGo = "1000";

    /// <param name="settings">Of the runtime.</param>
    /// <param name="folder">Where the agent keeps what it fetched.</param>
    /// <param name="maximumCelsius">From which on nothing is measured; null for the system's own trips.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(RuntimeSettings settings, string folder, double? maximumCelsius)
    {
        // Ctrl-C in a terminal reaches every process there; this one ends with its agent.
        Console.CancelKeyPress += (_, press) => press.Cancel = true;
        if (OperatingSystem.IsLinux()) await File.WriteAllTextAsync(OutOfMemoryScore, FirstToGo);
        var quota = ProcessorQuota.Read("/");
        var device = new DeviceWatch("/", CoreMask.Parse(CoreMask.Read()) ?? [], settings.Threads, maximumCelsius);
        using var frames = new WorkerFrames(Console.OpenStandardInput(), Console.OpenStandardOutput());
        var work = new Work(frames, new(folder), new(settings, quota, device), new(settings), new(settings), () => ThisDevice.Describe(settings, quota));
        try
        {
            for (var next = await frames.ReadAsync<int>(CancellationToken.None); ;) next = await work.DoAsync(next);
        }
        catch (EndOfStreamException)
        {
            return 0;
        }
    }

    /// <summary>An agent that is gone must not leave a busy processor behind, so that this ends in the middle of whatever runs.</summary>
    private static async Task EndWithAgentAsync(Task next)
    {
        try
        {
            await next;
        }
        catch (EndOfStreamException)
        {
            Environment.Exit(0);
        }
    }

    private sealed record Work(WorkerFrames Frames, BlobFolder Blobs, Prober Prober, Evaluator Evaluator, MemoryProber MemoryProber, Func<DeviceDescription> Describe)
    {
        /// <summary>Returns the next task.</summary>
        public Task<int> DoAsync(int task) => task switch
        {
            WorkerTask.Measure => AnswerAsync<ProbeRequest, ProbeResult>(request => Prober.Measure(Blobs.Read(request.ModelSha256), request.Plan), Prober.Failed),
            WorkerTask.Evaluate => AnswerAsync<EvaluationRequest, EvaluationResult>(request => Evaluator.Evaluate(Blobs.Read(request.ModelSha256), Blobs.Read(request.ImagesSha256), request), EvaluationResult.Failed),
            WorkerTask.MeasureMemory => AnswerAsync<MemoryRequest, MemoryResult>(request => MemoryProber.Measure(Blobs.Read(request.ModelSha256), request), MemoryResult.Failed),
            _ => AnswerAsync<int, DeviceDescription>(_ => Describe(), reason => throw new AgentException(reason)),
        };

        private async Task<int> AnswerAsync<TRequest, TResult>(Func<TRequest, TResult> work, Func<string, TResult> failed)
        {
            var request = await Frames.ReadAsync<TRequest>(CancellationToken.None);
            var next = Frames.ReadAsync<int>(CancellationToken.None);
            _ = EndWithAgentAsync(next);
            var answer = await Task.Factory.StartNew(() => Answer(() => work(request), failed), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await Frames.WriteAsync(answer, CancellationToken.None);
            return await next;
        }
    }

    private static T Answer<T>(Func<T> work, Func<string, T> failed)
    {
        try
        {
            return work();
        }
        catch (Exception error)
        {
            return failed(OneLine.Of(error));
        }
    }
}
