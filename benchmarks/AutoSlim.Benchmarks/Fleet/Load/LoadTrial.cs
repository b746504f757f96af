using System.Diagnostics;

namespace AutoSlim.Benchmarks.Fleet.Load;

/// <summary>Many agents, each asked one probe after another: how quickly answers are acknowledged, what memory it takes, and how soon all work again after the host was killed.</summary>
internal sealed class LoadTrial(FleetPlan plan, Action<string> tell)
{
    private const string Campaign = "benchmark load";
    private const double ShortestMilliseconds = 500;
    private const double LongestMilliseconds = 2000;
    private static readonly TimeSpan ArrivalLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LatestBeat = TimeSpan.FromSeconds(25);

    public async Task<LoadFigures> RunAsync(CancellationToken cancellation)
    {
        using var place = new FleetWorkplace();
        var server = new Uri($"http://127.0.0.1:{place.Port}");
        var host = await HostProcess.StartAsync(place, place.HostState, [], cancellation);
        try
        {
            using var api = new OperatorApi(server, place.HostState);
            var devices = await api.EnrolAsync([.. Enumerable.Range(0, plan.Agents).Select(number => $"device-{number:0000}")], cancellation);
            using var simulator = new SimulatorProcess(server, devices, place, ShortestMilliseconds, LongestMilliseconds);
            var arrivalSeconds = await ArrivedAsync(api, simulator, cancellation);
            tell($"{plan.Agents} agents arrived within {arrivalSeconds:0.0} s");
            using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var askers = devices.Keys.Select((device, number) => Asker.RunAsync(api, Campaign, device, new(plan.Seed + number), asking.Token)).ToList();
            await Task.Delay(WarmUp, cancellation);
            await simulator.TakeAsync(cancellation);
            await Task.Delay(TimeSpan.FromSeconds(plan.Seconds), cancellation);
            var delivered = await simulator.TakeAsync(cancellation);
            var (states, now, peak) = (await api.DevicesAsync(cancellation), TimeProvider.System.GetUtcNow(), host.PeakMegabytes);
            tell($"{delivered.Receipts} receipts in {plan.Seconds} s, 99th percentile {Percentile(delivered.Milliseconds, 0.99):0} ms, host {peak:0} MB");
            await host.KillAsync();
            var killed = Stopwatch.GetTimestamp();
            host.Dispose();
            host = await HostProcess.StartAsync(place, place.HostState, [], cancellation);
            var listening = Stopwatch.GetElapsedTime(killed);
            var recovery = await RecoveredAsync(simulator, killed, cancellation);
            tell($"all agents delivered again {recovery:0.0} s after the kill; the host listened after {listening.TotalSeconds:0.0} s");
            peak = Math.Max(peak, host.PeakMegabytes);
            await asking.CancelAsync();
            await Task.WhenAll(askers);
            return new(
                plan.Agents, states.Count(device => device.IsConnected), states.Count(device => device.IsConnected && now - device.SeenAt < LatestBeat), arrivalSeconds,
                (double)delivered.Receipts / plan.Seconds, Percentile(delivered.Milliseconds, 0.5), Percentile(delivered.Milliseconds, 0.99), delivered.Milliseconds[^1], peak,
                recovery, listening.TotalSeconds);
        }
        finally
        {
            host.Dispose();
        }
    }

    private async Task<double> ArrivedAsync(OperatorApi api, SimulatorProcess simulator, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < ArrivalLimit)
        {
            if (simulator.HasEnded) throw new InvalidOperationException($"the simulator ended: {simulator.LastWords}");
            if ((await api.DevicesAsync(cancellation)).Count(device => device.IsConnected) == plan.Agents) return Stopwatch.GetElapsedTime(started).TotalSeconds;
            await Task.Delay(Look * 5, cancellation);
        }

        throw new InvalidOperationException($"not all agents connected within {ArrivalLimit}");
    }

    /// <returns>Seconds since the kill; null when not all came.</returns>
    private async Task<double?> RecoveredAsync(SimulatorProcess simulator, long killed, CancellationToken cancellation)
    {
        await simulator.TakeAsync(cancellation);
        HashSet<string> back = [];
        while (Stopwatch.GetElapsedTime(killed) < RecoveryLimit)
        {
            back.UnionWith((await simulator.TakeAsync(cancellation)).Agents);
            if (back.Count == plan.Agents) return Stopwatch.GetElapsedTime(killed).TotalSeconds;
            await Task.Delay(Look, cancellation);
        }

        tell($"{plan.Agents - back.Count} agents did not deliver again");
        return null;
    }

    private static double Percentile(IReadOnlyList<double> sorted, double share) => sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(share * sorted.Count))];
}
