namespace AutoSlim.Benchmarks.Fleet.Chaos;

/// <summary>Starts the host again whenever it has ended, as a service manager does, and counts the times that nobody had killed it.</summary>
internal sealed class HostKeeper(FleetWorkplace place, string state, IEnumerable<KeyValuePair<string, string>> environment) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim changing = new(1);
    private HostProcess? host;
    private Task keeping = Task.CompletedTask;

    /// <summary>Ends that nobody had ordered.</summary>
    public int Crashes { get; private set; }

    /// <summary>Starts that the host gave up with a message: it cannot start on a full disk.</summary>
    public int RefusedStarts { get; private set; }

    public async Task StartAsync(CancellationToken cancellation)
    {
        host = await HostProcess.StartAsync(place, state, environment, cancellation);
        keeping = KeepAsync();
    }

    /// <returns>False when it was not running.</returns>
    public async Task<bool> KillAsync()
    {
        await changing.WaitAsync();
        try
        {
            if (host is not { HasEnded: false } running) return false;
            await running.KillAsync();
            running.Dispose();
            host = null;
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
        host?.Dispose();
        changing.Dispose();
    }

    private async Task KeepAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(Pause, CancellationToken.None);
            await changing.WaitAsync();
            try
            {
                if (host is { HasEnded: false } || stopping.IsCancellationRequested) continue;
                if (host is not null) Crashes++;
                host?.Dispose();
                host = null;
                host = await HostProcess.StartAsync(place, state, environment, stopping.Token);
            }
            catch (InvalidOperationException)
            {
                RefusedStarts++;
            }
            catch (OperationCanceledException)
            {
                // Stopping.
            }
            finally
            {
                changing.Release();
            }
        }
    }
}
