using System.Diagnostics.CodeAnalysis;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.SignalR;
using Polly;
using Polly.Retry;

namespace AutoSlim.Host.Devices;

/// <summary>A device by its name. Requests are asked one after another; one that a lost agent leaves open is asked again when the agent is back.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing to release.")]
public sealed class ConnectedDevice
{
    private const int MaximumLosses = 3;
    private const double EvaluationMilliseconds = 30 * 60e3;
    private const double MemoryMilliseconds = 120e3;

    /// <summary>On top of the time limit: for fetching, loading and answering.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ReturnTimeout = TimeSpan.FromSeconds(30);

    private static readonly ResiliencePipeline Asking = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions { ShouldHandle = new PredicateBuilder().Handle<IOException>(), MaxRetryAttempts = MaximumLosses - 1, Delay = TimeSpan.Zero })
        .Build();

    private readonly ModelStore models;
    private readonly Func<string, IProfilerAgent> agentOf;
    private readonly SemaphoreSlim turn = new(1);

    internal ConnectedDevice(string name, ModelStore models, Func<string, IProfilerAgent> agentOf)
    {
        (Name, this.models, this.agentOf) = (name, models, agentOf);
        Connection = new(name);
    }

    public string Name { get; }

    public bool IsConnected => Connection.IsOpen;

    /// <exception cref="DeviceException">The device has never connected.</exception>
    public DeviceDescription Description => Connection.Description ?? throw new DeviceException($"device '{Name}' has never connected");

    internal DeviceConnection Connection { get; }

    /// <summary>Over all that was measured since the host started.</summary>
    internal ConditionsSeen Conditions { get; } = new();

    /// <summary>Of the pauses before the device is asked again.</summary>
    internal TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Takes what a person should know while the device measures, one line at a time.</summary>
    internal Action<string> Tell { get; set; } = _ => { };

    /// <summary>Times one model.</summary>
    /// <param name="model">The ONNX file's bytes.</param>
    /// <param name="entry">What the model stands for.</param>
    /// <exception cref="ArgumentException">The plan cannot be followed.</exception>
    /// <exception cref="DeviceException">The device is gone or silent. What the device itself reports is in the result.</exception>
    public async Task<ProbeResult> MeasureAsync(byte[] model, string entry, MeasurementPlan plan, CancellationToken cancellation)
    {
        using var content = models.Publish(model);
        var request = new ProbeRequest(entry, content.Hash, plan);
        if (request.Problem() is string problem) throw new ArgumentException(problem, nameof(plan));
        var result = await AskAsync($"measuring '{entry}'", plan.TimeLimitMilliseconds, agent => agent.Measure(request), cancellation);
        var refusal = result is null ? "it is empty" : result.Problem(plan);
        if (refusal is not null) return ProbeResult.Failed($"the answer of device '{Name}' was refused: {refusal}");
        if (Conditions.Add(result!.Conditions) is string warning) Tell($"device '{Name}': {warning}");
        return result;
    }

    /// <summary>Measures what memory one model takes while it runs, in a process of its own.</summary>
    /// <param name="model">The ONNX file's bytes.</param>
    /// <param name="entry">What the model stands for.</param>
    /// <param name="runs">Over which the peak is taken, 1 to 1,000.</param>
    /// <exception cref="ArgumentException">The runs are out of range, or the entry has no name.</exception>
    /// <exception cref="DeviceException">The device is gone or silent. What the device itself reports is in the result.</exception>
    public async Task<MemoryResult> MeasureMemoryAsync(byte[] model, string entry, int runs, CancellationToken cancellation)
    {
        using var content = models.Publish(model);
        var request = new MemoryRequest(entry, content.Hash, runs, MemoryMilliseconds);
        if (request.Problem() is string problem) throw new ArgumentException(problem, nameof(runs));
        var result = await AskAsync($"measuring the memory of '{entry}'", MemoryMilliseconds, agent => agent.MeasureMemory(request), cancellation);
        var refusal = result is null ? "it is empty" : result.Problem();
        return refusal is null ? result! : MemoryResult.Failed($"the answer of device '{Name}' was refused: {refusal}");
    }

    /// <summary>Runs one model over images.</summary>
    /// <param name="model">The ONNX file's bytes.</param>
    /// <exception cref="DeviceException">The device is gone or silent. What the device itself reports is in the result.</exception>
    public async Task<EvaluationResult> EvaluateAsync(byte[] model, ImageBatch images, CancellationToken cancellation)
    {
        using var content = models.Publish(model);
        using var blob = models.Publish(images.Bytes);
        var request = new EvaluationRequest(content.Hash, blob.Hash, images.Element, images.Count, images.Channels, images.Height, images.Width, EvaluationMilliseconds);
        if (request.Problem() is string problem) throw new ArgumentException(problem, nameof(images));
        var result = await AskAsync($"evaluating {images.Count} images", EvaluationMilliseconds, agent => agent.Evaluate(request), cancellation);
        var refusal = result is null ? "it is empty" : result.Problem(images.Count);
        return refusal is null ? result! : EvaluationResult.Failed($"the answer of device '{Name}' was refused: {refusal}");
    }

    private async Task<T> AskAsync<T>(string what, double milliseconds, Func<IProfilerAgent, Task<T>> ask, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return await Asking.ExecuteAsync(async token => await AskOnceAsync(what, TimeSpan.FromMilliseconds(milliseconds) + Grace, ask, token), cancellation);
        }
        catch (IOException error)
        {
            throw new DeviceException($"device '{Name}' was lost {MaximumLosses} times while {what}", error);
        }
        catch (HubException error)
        {
            throw new DeviceException($"device '{Name}' did not understand the request while {what}: {error.Message}", error);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<T> AskOnceAsync<T>(string what, TimeSpan patience, Func<IProfilerAgent, Task<T>> ask, CancellationToken cancellation)
    {
        var connectionId = await Connection.WaitAsync(ReturnTimeout, cancellation);
        var agent = agentOf(connectionId);
        try
        {
            return await ask(agent).WaitAsync(patience, cancellation);
        }
        catch (IOException)
        {
            Connection.Detach(connectionId);
            throw;
        }
        catch (TimeoutException)
        {
            await agent.Abandon();
            throw new DeviceException($"device '{Name}' did not answer within {patience} while {what}");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await agent.Abandon();
            throw;
        }
    }
}
