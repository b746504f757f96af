using System.Diagnostics;

namespace AutoSlim.Benchmarks.Fleet.Chaos;

/// <summary>
/// One list of probes twice: by a host and agents that nothing disturbs, and by others that are killed, cut off, run out of disk and have their clock set.
/// The ledgers must be equal, and nothing that an agent has a receipt for may be missing.
/// </summary>
internal sealed class ChaosTrial(FleetPlan plan, Action<string> tell)
{
    private const string Campaign = "benchmark chaos";
    private const int Devices = 8;
    private const int ProbesOfDevice = 200;
    private const double ShortestMilliseconds = 100;
    private const double LongestMilliseconds = 700;
    private static readonly TimeSpan ArrivalLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TimeForTheRest = TimeSpan.FromMinutes(5);
    private static readonly string[] Names = [.. Enumerable.Range(0, Devices).Select(number => $"device-{number}")];

    public async Task<ChaosFigures> RunAsync(CancellationToken cancellation)
    {
        var quiet = await QuietAsync(cancellation);
        tell($"the quiet run has {quiet.Count} results");
        using var place = new FleetWorkplace();
        using var hostDisk = SmallDisk.TryMount(place.HostState, 48);
        using var agentDisk = SmallDisk.TryMount(place.AgentState, 8);
        var clock = HostClock.Find(place.InDisk("clock"));
        var dice = new ChaosDice(plan.Seed);
        var asked = new ProbeLists(Campaign, Names, ProbesOfDevice);
        await using var host = new HostKeeper(place, place.HostState, clock?.Environment ?? new Dictionary<string, string>());
        await host.StartAsync(cancellation);
        var started = Stopwatch.GetTimestamp();
        await using var proxy = new ChaosProxy(place.Port, dice);
        using var api = new OperatorApi(new($"http://127.0.0.1:{place.Port}"), place.HostState);
        var tokens = await api.EnrolAsync(Names, cancellation);
        AgentKeeper[] agents = [.. Names.Select(name => new AgentKeeper(
            () => new(proxy.Server, new Dictionary<string, string> { [name] = tokens[name] }, place, ShortestMilliseconds, LongestMilliseconds, Receipts(place, name)), tell))];
        var killer = new Killer(plan, host, agents, hostDisk, agentDisk, clock, () => (double)asked.Answers.Count / (Devices * ProbesOfDevice), tell);
        try
        {
            foreach (var agent in agents) agent.Start();
            await ArrivedAsync(api, cancellation);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var asking = asked.AskAsync(api, () => killer.Progress, plan.Seed, limit.Token);
            await killer.RunAsync(cancellation);
            dice.IsAtRest = true;
            limit.CancelAfter(TimeForTheRest);
            await asking;
        }
        finally
        {
            foreach (var agent in agents) await agent.DisposeAsync();
        }

        await host.DisposeAsync();
        var figures = ChaosFigures.Of(quiet, Ledger.Read(place.HostState, Campaign), [.. Names.SelectMany(name => File.ReadLines(Receipts(place, name)))], asked.Answers) with
        {
            Kills = killer.HostKills + killer.AgentKills,
            HostKills = killer.HostKills,
            Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
            Messages = Enum.GetValues<ChaosFate>().Sum(dice.Count),
            Dropped = dice.Count(ChaosFate.Drop),
            Delayed = dice.Count(ChaosFate.Delay),
            Repeated = dice.Count(ChaosFate.Repeat),
            Cut = dice.Count(ChaosFate.Cut),
            DiskFullSeconds = killer.DiskFullSeconds,
            ClockJumps = clock?.Jumps ?? 0,
            Skipped = [.. new[] { hostDisk is null ? "full disks: only root may mount" : null, clock is null ? "clock jumps: there is no libfaketime" : null }.OfType<string>()],
            HostCrashes = host.Crashes,
            AgentCrashes = agents.Sum(agent => agent.Crashes),
            RefusedStarts = host.RefusedStarts,
        };
        tell($"{figures.Kills} kills in {figures.Seconds:0} s: {figures.Lost} lost, {figures.Duplicated} duplicated, {figures.Different} different of {figures.Probes}");
        return figures;
    }

    private static string Receipts(FleetWorkplace place, string device) => place.InDisk($"receipts-{device}");

    /// <summary>A token may expire while the clock jumps: that is what its time is for. A key does not.</summary>
    private static async Task ArrivedAsync(OperatorApi api, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ArrivalLimit);
        while ((await api.DevicesAsync(limit.Token)).Count(device => device.IsConnected) < Devices) await Task.Delay(Look, limit.Token);
    }

    private async Task<IReadOnlyDictionary<string, byte[]?>> QuietAsync(CancellationToken cancellation)
    {
        using var place = new FleetWorkplace();
        var server = new Uri($"http://127.0.0.1:{place.Port}");
        using (await HostProcess.StartAsync(place, place.HostState, [], cancellation))
        {
            using var api = new OperatorApi(server, place.HostState);
            using var agents = new SimulatorProcess(server, await api.EnrolAsync(Names, cancellation), place, 0, 1);
            await new ProbeLists(Campaign, Names, ProbesOfDevice).AskAsync(api, () => 1, plan.Seed, cancellation);
        }

        return Ledger.Read(place.HostState, Campaign);
    }
}
