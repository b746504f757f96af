using System.Diagnostics;
using AutoSlim.Host.Fleet.State;
using AutoSlim.Profiling;

namespace AutoSlim.Benchmarks.Fleet.Fuzz;

/// <summary>Malformed and hostile messages against hub and endpoints: the host must live, grant nothing and stay at its memory.</summary>
internal sealed class FuzzTrial(FleetPlan plan, Action<string> tell)
{
    private const int HubLanes = 4;
    private const int HttpLanes = 4;
    private const double HubShare = 0.6;
    private const double RawShare = 0.02;
    private const double FirstLook = 0.1;
    private const string Victim = "victim";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private int sent;

    public async Task<FuzzFigures> RunAsync(CancellationToken cancellation)
    {
        using var place = new FleetWorkplace();
        var server = new Uri($"http://127.0.0.1:{place.Port}");
        using var host = await HostProcess.StartAsync(place, place.HostState, [], cancellation);
        using var api = new OperatorApi(server, place.HostState);
        string[] names = [.. Enumerable.Range(0, HubLanes).Select(lane => $"hostile-{lane}")];
        var keys = await KeysAsync(server, await api.EnrolAsync([.. names, Victim], cancellation), names, cancellation);
        // A question that stays open: nobody but the victim may answer it.
        using var open = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var asking = api.TryAskAsync(Victim, AskedProbe.Of("fuzz", Victim, 0), open.Token);
        while (Counts(place).Probes == 0) await Task.Delay(Look, cancellation);
        var before = Counts(place);
        var started = Stopwatch.GetTimestamp();
        var http = Enumerable.Range(0, HttpLanes).Select(lane => new HttpFuzzer(server, [api.Token, .. keys, HttpFuzzer.Invented(AgentToken.Operator), HttpFuzzer.Invented(AgentToken.Key), "x"], Victim, new(plan.Seed + lane))).ToList();
        var hub = names.Select((name, lane) => new HubFuzzer(server, keys[lane], name, new(plan.Seed + lane))).ToList();
        var lanes = Task.WhenAll([
            .. Lanes(hub.Select(fuzzer => (Func<Func<int, bool>, CancellationToken, Task>)fuzzer.RunAsync), HubShare, cancellation),
            .. Lanes(http.Select(fuzzer => (Func<Func<int, bool>, CancellationToken, Task>)fuzzer.RunAsync), 1 - HubShare - RawShare, cancellation),
            .. Lanes([new RawFuzzer(place.Port, keys[0], new(plan.Seed)).RunAsync], RawShare, cancellation),
        ]);
        var early = await WatchAsync(host, lanes, cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var (after, late, crashes) = (Counts(place), host.HasEnded ? 0 : host.ResidentMegabytes, host.HasEnded ? 1 : 0);
        await open.CancelAsync();
        await asking.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        foreach (var first in http.Select(fuzzer => fuzzer.First).OfType<string>()) tell($"not refused: {first[..Math.Min(200, first.Length)]}");
        var figures = new FuzzFigures(
            sent, seconds, crashes, http.Sum(fuzzer => fuzzer.Granted) + after.Differences(before), http.Sum(fuzzer => fuzzer.Faults), hub.Sum(fuzzer => fuzzer.Closed), early, late);
        tell($"{figures.Frames} hostile messages in {seconds:0} s: {figures.Crashes} crashes, {figures.Granted} granted, {figures.Faults} faults, {early:0} to {late:0} MB");
        return figures;
    }

    /// <summary>Each group shares its part of the messages.</summary>
    private IEnumerable<Task> Lanes(IEnumerable<Func<Func<int, bool>, CancellationToken, Task>> lanes, double share, CancellationToken cancellation)
    {
        var left = (long)(plan.Frames * share);
        bool Take(int count)
        {
            if (Interlocked.Add(ref left, -count) < 0) return false;
            Interlocked.Add(ref sent, count);
            return true;
        }

        return [.. lanes.Select(lane => Task.Run(() => lane(Take, cancellation), cancellation))];
    }

    /// <returns>Resident megabytes when a tenth was sent.</returns>
    private async Task<double> WatchAsync(HostProcess host, Task lanes, CancellationToken cancellation)
    {
        double early = 0;
        while (!lanes.IsCompleted && !host.HasEnded)
        {
            if (early == 0 && sent >= FirstLook * plan.Frames) early = host.ResidentMegabytes;
            await Task.WhenAny(lanes, Task.Delay(Look, cancellation));
        }

        if (!host.HasEnded) await lanes;
        return early;
    }

    private static FleetCounts Counts(FleetWorkplace place)
    {
        using var database = FleetDatabase.OpenFile(Path.Combine(place.HostState, "fleet.db"));
        long Count(string table) => database.Query<long>($"select count(*) from {table}")[0];
        return new(Count("devices"), Count("credentials"), Count("jobs"), Count("probes"), Count("probes where result is not null"));
    }

    /// <summary>Exchanges one-time tokens as agents do.</summary>
    private static async Task<IReadOnlyList<string>> KeysAsync(Uri server, IReadOnlyDictionary<string, string> tokens, IEnumerable<string> names, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        List<string> keys = [];
        foreach (var name in names)
        {
            var key = AgentToken.Create(AgentToken.Key, "");
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, ProfilerProtocol.EnrolmentPath + name)) { Content = new StringContent(key.Secret), Headers = { Authorization = new("Bearer", tokens[name]) } };
            using var answer = await http.SendAsync(request, cancellation);
            answer.EnsureSuccessStatusCode();
            keys.Add(key.Reveal());
        }

        return keys;
    }
}
