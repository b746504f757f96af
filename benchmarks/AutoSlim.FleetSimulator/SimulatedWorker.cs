using System.Security.Cryptography;
using System.Text;
using AutoSlim.Agent;
using AutoSlim.Agent.Working;
using AutoSlim.Profiling;

namespace AutoSlim.FleetSimulator;

/// <summary>Takes its time and answers: both are functions of the entry and of the model's hash alone, so that whoever measures it, and whenever, gets the same.</summary>
/// <param name="shortestMilliseconds">That a probe takes.</param>
/// <param name="longestMilliseconds">That a probe takes.</param>
/// <param name="deliveries">Told when an answer is ready.</param>
internal sealed class SimulatedWorker(double shortestMilliseconds, double longestMilliseconds, DeliveryLog deliveries) : IWorker
{
    private const double MicrosecondsOfModel = 1000;

    private static readonly DeviceDescription Device = new("simulated", "simulated", "x64", "simulated", "1", "simulated", "CPU", 1, "all");

    public async Task<TResult> AskAsync<TRequest, TResult>(int task, TRequest request, double limitMilliseconds, CancellationToken cancellation)
    {
        object answer = request switch
        {
            ProbeRequest probe => await MeasureAsync(probe, cancellation),
            MemoryRequest memory => await MeasureAsync(memory, cancellation),
            EvaluationRequest => EvaluationResult.Failed("a simulated device computes nothing"),
            _ when task == WorkerTask.Describe => Device,
            _ => throw new AgentException($"task {task} is unknown"),
        };
        return (TResult)answer;
    }

    public Task<TResult> AskFreshAsync<TRequest, TResult>(int task, TRequest request, double limitMilliseconds, CancellationToken cancellation) =>
        AskAsync<TRequest, TResult>(task, request, limitMilliseconds, cancellation);

    private async Task<ProbeResult> MeasureAsync(ProbeRequest request, CancellationToken cancellation)
    {
        var random = Random(request.Entry, request.ModelSha256);
        await TakeTimeAsync(random, cancellation);
        var result = new ProbeResult(ProbeStatus.Ok, [.. Enumerable.Range(0, request.Plan.MinimumSamples).Select(_ => MicrosecondsOfModel * (1 + random.NextDouble()))], 0, null, DeviceConditions.Unknown);
        deliveries.Ready(result);
        return result;
    }

    private async Task<MemoryResult> MeasureAsync(MemoryRequest request, CancellationToken cancellation)
    {
        var random = Random(request.Entry, request.ModelSha256);
        await TakeTimeAsync(random, cancellation);
        var result = new MemoryResult(ProbeStatus.Ok, random.Next(1, int.MaxValue), random.Next(1, int.MaxValue), null);
        deliveries.Ready(result);
        return result;
    }

    private Task TakeTimeAsync(Random random, CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromMilliseconds(shortestMilliseconds + (random.NextDouble() * (longestMilliseconds - shortestMilliseconds))), cancellation);

    private static Random Random(string entry, string model) => new(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{entry}\n{model}"))));
}
