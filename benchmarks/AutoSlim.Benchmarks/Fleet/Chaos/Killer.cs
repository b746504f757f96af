using System.Diagnostics;

namespace AutoSlim.Benchmarks.Fleet.Chaos;

/// <summary>Ends hosts and agents at random moments, fills their disks for a while and sets the host's clock.</summary>
/// <param name="plan">How often.</param>
/// <param name="host">That is ended.</param>
/// <param name="agents">That are ended.</param>
/// <param name="hostDisk">Of the host's state; null where it cannot be filled.</param>
/// <param name="agentDisk">Of the agents' state; the same.</param>
/// <param name="clock">Of the host; null where it cannot be set.</param>
/// <param name="done">The share of the work that is done, 0 to 1.</param>
/// <param name="tell">Takes a line now and then.</param>
internal sealed class Killer(
    FleetPlan plan, HostKeeper host, IReadOnlyList<AgentKeeper> agents, SmallDisk? hostDisk, SmallDisk? agentDisk, HostClock? clock, Func<double> done, Action<string> tell)
{
    private const double HostShare = 0.15;
    private const double ShortestPauseMilliseconds = 200;
    private const double LongestPauseMilliseconds = 2200;
    private const int Phases = 10;
    private const double LargestLead = 0.05;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private const int JumpsOfPhase = 2;

    private readonly Random random = new(plan.Seed);
    private long filledAt;

    public int HostKills { get; private set; }

    public int AgentKills { get; private set; }

    /// <summary>Of either disk.</summary>
    public double DiskFullSeconds { get; private set; }

    /// <summary>0 to 1.</summary>
    public double Progress => (double)(HostKills + AgentKills) / plan.Kills;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var phase = 0;
        while (Progress < 1)
        {
            if (phase <= Progress * Phases) Begin(phase++);
            await Task.Delay(TimeSpan.FromMilliseconds(ShortestPauseMilliseconds + (random.NextDouble() * (LongestPauseMilliseconds - ShortestPauseMilliseconds))), cancellation);
            await WaitForWorkAsync(cancellation);
            await KillAsync();
        }

        EndFullDisk(hostDisk);
    }

    /// <summary>Trouble that is over before the work is shows little.</summary>
    private async Task WaitForWorkAsync(CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        while (done() < Progress - LargestLead && Stopwatch.GetElapsedTime(began) < LongestWait) await Task.Delay(Look, cancellation);
    }

    private async Task KillAsync()
    {
        var (isHost, agent) = (random.NextDouble() < HostShare, random.Next(agents.Count));
        if (isHost && await host.KillAsync()) HostKills++;
        else if (!isHost && await agents[agent].KillAsync()) AgentKills++;
    }

    /// <summary>Of a tenth: the agents' disk is full in the third, the host's in the sixth.</summary>
    private void Begin(int phase)
    {
        tell($"{HostKills + AgentKills} kills, {done():0 %} of the work is done");
        if (phase % JumpsOfPhase == 1) clock?.Jump();
        if (phase == 2) BeginFullDisk(agentDisk);
        if (phase == 3) EndFullDisk(agentDisk);
        if (phase == 5) BeginFullDisk(hostDisk);
        if (phase == 6) EndFullDisk(hostDisk);
    }

    private void BeginFullDisk(SmallDisk? disk)
    {
        disk?.Fill();
        filledAt = Stopwatch.GetTimestamp();
    }

    private void EndFullDisk(SmallDisk? disk)
    {
        disk?.Empty();
        if (disk is not null && filledAt > 0) DiskFullSeconds += Stopwatch.GetElapsedTime(filledAt).TotalSeconds;
        filledAt = 0;
    }
}
