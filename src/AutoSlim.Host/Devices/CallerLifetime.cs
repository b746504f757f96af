namespace AutoSlim.Host.Devices;

/// <summary>The server lives as long as its caller says: it neither listens to signals nor prints that it has started.</summary>
internal sealed class CallerLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
