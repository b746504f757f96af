using Polly;
using Polly.Retry;

namespace AutoSlim.Host.Devices;

/// <summary>Device <c>local</c>: an agent process on this machine, started again when it dies and killed when this object is disposed.</summary>
public sealed class LocalAgent : IAsyncDisposable
{
    private readonly DeviceServer server;
    private readonly LocalAgentOptions options;
    private readonly HubDevice place;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task supervision;
    private volatile AgentRun? run;

    private LocalAgent(DeviceServer server, LocalAgentOptions options)
    {
        (this.server, this.options) = (server, options);
        (place, Device) = (server.Expect(options.Name), server.Expect(options.Name).Device);
        supervision = Task.Run(SuperviseAsync);
    }

    public ConnectedDevice Device { get; }

    /// <summary>The present process; another one after a restart.</summary>
    public int? ProcessId => run?.ProcessId;

    /// <summary>Starts the agent and waits for it.</summary>
    /// <exception cref="DeviceException">It cannot be started, ends, or does not connect in time: with the last line of its error output.</exception>
    public static async Task<LocalAgent> StartAsync(DeviceServer server, LocalAgentOptions options, CancellationToken cancellation)
    {
        var agent = new LocalAgent(server, options);
        try
        {
            await agent.place.Connection.WaitAsync(options.ConnectTimeout, cancellation);
            return agent;
        }
        catch (Exception error)
        {
            var lastLine = agent.run?.LastErrorLine;
            await agent.DisposeAsync();
            if (error is DeviceException && lastLine is not null) throw new DeviceException($"{error.Message}; the agent's last line: {lastLine}", error);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await supervision;
        stopping.Dispose();
        place.Connection.GiveUp(new($"the agent of device '{options.Name}' was stopped"));
    }

    private async Task SuperviseAsync()
    {
        try
        {
            await Restarting().ExecuteAsync(async token => await RunAsync(token), stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (AgentEndedException error)
        {
            place.Connection.GiveUp(new(error.Message, error));
        }
        catch (DeviceException error)
        {
            place.Connection.GiveUp(error);
        }
    }

    /// <summary>An agent that never connected would not do so the next time, and one that ended well was told to.</summary>
    private ResiliencePipeline Restarting() => options.MaximumRestarts == 0 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<AgentEndedException>(ended => ended.ExitCode != 0 && place.Connection.Description is not null),
            MaxRetryAttempts = options.MaximumRestarts,
            Delay = TimeSpan.FromMilliseconds(100),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    private async Task RunAsync(CancellationToken cancellation)
    {
        using var life = new AgentRun(options, server.Address, server.Token);
        run = life;
        try
        {
            var exitCode = await life.WaitForExitAsync(cancellation);
            throw new AgentEndedException(exitCode, $"the agent of device '{options.Name}' ended with exit code {exitCode}: {life.LastErrorLine}");
        }
        finally
        {
            run = null;
        }
    }
}
