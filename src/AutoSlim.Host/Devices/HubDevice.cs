using System.Diagnostics.CodeAnalysis;
using AutoSlim.Host.Fleet;
using AutoSlim.Host.Telemetry;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.SignalR;
using Polly.CircuitBreaker;

namespace AutoSlim.Host.Devices;

/// <summary>A device that connects to the hub of this process.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing to release.")]
internal sealed class HubDevice : IDeviceLink
{
    /// <summary>On top of the time limit: for fetching, loading and answering.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(3);

    private readonly HubServices services;
    private readonly ProbeNumbering numbering;
    private readonly DevicePolicies policies;
    private readonly SemaphoreSlim turn = new(1);
    private int waiting;

    public HubDevice(string name, HubServices services)
    {
        (Name, this.services) = (name, services);
        numbering = new(services.Campaign, name);
        policies = new(name, services.Policy, services.Logs);
        Connection = new(name);
        Device = new(name, this);
    }

    public string Name { get; }

    public DeviceConnection Connection { get; }

    /// <summary>What others ask.</summary>
    public ConnectedDevice Device { get; }

    public bool IsConnected => Connection.IsOpen;

    /// <summary>What it is asked now, for people; null when it idles.</summary>
    public string? Doing { get; private set; }

    /// <summary>Questions that wait for their turn.</summary>
    public int Waiting => waiting;

    public DeviceDescription Description => Connection.Description ?? throw new DeviceException($"device '{Name}' has never connected");

    /// <summary>The work that this process asks for is of this process alone.</summary>
    public IDeviceLink Afresh() => this;

    public async Task<ProbeResult> MeasureAsync(byte[] model, ProbeRequest request, CancellationToken cancellation) =>
        ProbeQuestion.Read<ProbeResult>(await AskAsync(numbering.Next(ProbeKind.Latency, ProbeQuestion.Write(request)), model, cancellation));

    public async Task<MemoryResult> MeasureMemoryAsync(byte[] model, MemoryRequest request, CancellationToken cancellation) =>
        ProbeQuestion.Read<MemoryResult>(await AskAsync(numbering.Next(ProbeKind.Memory, ProbeQuestion.Write(request)), model, cancellation));

    /// <summary>The answer, from the device or, where it was asked before, from the ledger.</summary>
    /// <param name="question">Checked.</param>
    /// <param name="model">The ONNX file's bytes.</param>
    /// <param name="cancellation">Ends the waiting, and what the device does for it.</param>
    /// <exception cref="ArgumentException">The id is that of another question.</exception>
    /// <exception cref="DeviceException">The device is gone or silent, or the probe was lost too often.</exception>
    public async Task<byte[]> AskAsync(ProbeQuestion question, byte[] model, CancellationToken cancellation)
    {
        using var content = services.Models.Publish(model, question.ModelSha256);
        byte[] answer = [];
        await HostTelemetry.ObserveAsync("probe", async activity =>
        {
            activity?.SetTag("autoslim.device", Name).SetTag("autoslim.probe", question.Doing);
            answer = await AskedAsync(question, cancellation);
        });
        return answer;
    }

    private async Task<byte[]> AskedAsync(ProbeQuestion question, CancellationToken cancellation)
    {
        try
        {
            return await InTurnAsync(question.Doing, () => policies.Questions.ExecuteAsync(async token => await AskInTurnAsync(question, token), cancellation).AsTask(), cancellation);
        }
        catch (BrokenCircuitException)
        {
            throw new DeviceException(FormattableString.Invariant($"device '{Name}' failed {services.Policy.FailuresUntilBreak} times in a row and is left alone for {services.Policy.BreakTime.TotalSeconds} s"));
        }
    }

    public async Task<EvaluationResult?> EvaluateAsync(byte[] model, byte[] images, EvaluationRequest request, CancellationToken cancellation)
    {
        using var content = services.Models.Publish(model, request.ModelSha256);
        using var blob = services.Models.Publish(images, request.ImagesSha256);
        var what = $"evaluating {request.Count} images";
        try
        {
            return await InTurnAsync(what, () => policies.Evaluations.ExecuteAsync(async token => await EvaluateOnceAsync(what, request, token), cancellation).AsTask(), cancellation);
        }
        catch (IOException error)
        {
            throw new DeviceException($"device '{Name}' was lost {services.Policy.MaximumLeases} times while {what}", error);
        }
        catch (HubException error)
        {
            throw new DeviceException($"device '{Name}' did not understand the request while {what}: {error.Message}", error);
        }
    }

    private async Task<T> InTurnAsync<T>(string doing, Func<Task<T>> ask, CancellationToken cancellation)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            await turn.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        try
        {
            Doing = doing;
            return await ask();
        }
        finally
        {
            Doing = null;
            turn.Release();
        }
    }

    private async Task<byte[]> AskInTurnAsync(ProbeQuestion question, CancellationToken cancellation)
    {
        // Expected before the ledger is asked: an agent may bring the answer in between.
        var answer = services.Deliveries.Expect(question.Id);
        try
        {
            while (true)
            {
                var (fence, known) = await services.Ledger.OpenAsync(question, Name);
                if (known is not null) return known;
                var session = await Connection.WaitAsync(services.Policy.ReturnTimeout, cancellation);
                var lease = new ProbeLease(question.Id, fence);
                if (!session.Holds(lease))
                {
                    RequireSame(session, question);
                    if (fence >= services.Policy.MaximumLeases) throw new DeviceException($"device '{Name}' was lost {fence} times while {question.Doing}");
                    if (await services.Ledger.LeaseAsync(question.Id, session.AgentName) is not ProbeLease given) continue;
                    lease = given;
                }

                if (await AnsweredAsync(session, question, lease, answer, cancellation)) return await answer;
            }
        }
        finally
        {
            services.Deliveries.Forget(question.Id);
        }
    }

    /// <summary>What an agent holds it measured before its device changed, or has seen no change.</summary>
    private void RequireSame(AgentSession session, ProbeQuestion question)
    {
        if (question.Fingerprint is string expected && expected != session.Description.Fingerprint)
            throw new DeviceException($"device '{Name}' has changed since this work began, in its hardware, system, runtime or options: its key was {expected} and is {session.Description.Fingerprint}; start the work again");
    }

    /// <summary>False when the agent is gone, or has lost the lease.</summary>
    private async Task<bool> AnsweredAsync(AgentSession session, ProbeQuestion question, ProbeLease lease, Task<byte[]> answer, CancellationToken cancellation)
    {
        var lost = session.Watch(lease);
        var agent = services.AgentOf(session.ConnectionId);
        var patience = TimeSpan.FromMilliseconds(question.TimeLimitMilliseconds) + Grace;
        try
        {
            if (!session.Holds(lease)) await question.SendAsync(agent, lease);
            return await FirstOfAsync(session, answer, lost).WaitAsync(patience, services.Time, cancellation);
        }
        catch (TimeoutException)
        {
            await agent.Abandon();
            throw new DeviceException($"device '{Name}' did not answer within {patience} while {question.Doing}");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await agent.Abandon();
            throw;
        }
    }

    /// <summary>An agent that is silent on an open connection is taken for gone.</summary>
    private async Task<bool> FirstOfAsync(AgentSession session, Task<byte[]> answer, Task lost)
    {
        while (true)
        {
            var expiry = Task.Delay(ProfilerProtocol.LeaseTime, services.Time);
            var first = await Task.WhenAny(answer, session.Ended, lost, expiry);
            if (first != expiry) return first == answer;
            if (!session.IsSilent) continue;
            Connection.Detach(session.ConnectionId);
            // It may be alive and only its heartbeats lost: without its connection it comes again.
            session.Abort();
        }
    }

    private async Task<EvaluationResult?> EvaluateOnceAsync(string what, EvaluationRequest request, CancellationToken cancellation)
    {
        var session = await Connection.WaitAsync(services.Policy.ReturnTimeout, cancellation);
        var agent = services.AgentOf(session.ConnectionId);
        var patience = TimeSpan.FromMilliseconds(request.TimeLimitMilliseconds) + Grace;
        try
        {
            return await agent.Evaluate(request).WaitAsync(patience, services.Time, cancellation);
        }
        catch (IOException)
        {
            Connection.Detach(session.ConnectionId);
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
