using Microsoft.Extensions.Hosting;

namespace AutoSlim.FleetSimulator;

/// <summary>Tells when an agent wants to end.</summary>
internal sealed class AgentLifetime(Action ended) : IHostApplicationLifetime
{
    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => ended();
}
