namespace AutoSlim.Benchmarks.Fleet.Chaos;

/// <summary>The same for one agent in a process of its own.</summary>
/// <param name="start">Starts it.</param>
/// <param name="tell">Takes the last words of an agent that ended itself.</param>
internal sealed class AgentKeeper(Func<SimulatorProcess> start, Action<string> tell) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim changing = new(1);
    private SimulatorProcess? agent;
    private Task keeping = Task.CompletedTask;

    /// <summary>Ends that nobody had ordered.</summary>
    public int Crashes { get; private set; }

    public void Start()
    {
        agent = start();
        keeping = KeepAsync();
    }

    /// <returns>False when it was not running.</returns>
    public async Task<bool> KillAsync()
    {
        await changing.WaitAsync();
        try
        {
            if (agent is not { HasEnded: false } running) return false;
            await running.KillAsync();
            running.Dispose();
            agent = null;
            return true;
        }
        finally
        {
            changing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested) return;
        await stopping.CancelAsync();
        await keeping;
        agent?.Dispose();
        changing.Dispose();
    }

    private async Task KeepAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(Pause, CancellationToken.None);
            await changing.WaitAsync();
            if (agent is { HasEnded: true } ended)
            {
                Crashes++;
                tell($"an agent ended itself: {ended.LastWords}");
                ended.Dispose();
                agent = null;
            }

            agent ??= start();
            changing.Release();
        }
    }
}
