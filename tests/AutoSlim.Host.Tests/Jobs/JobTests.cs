using System.Diagnostics;
using AutoSlim.Costs;
using AutoSlim.Host.Fleet.State;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Jobs;

/// <summary>Jobs of a real host, which a test kills where it hurts; those that train are in the end-to-end tests.</summary>
public sealed class JobTests : IDisposable
{
    private readonly JobWorkplace place = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_job_is_submitted_watched_listed_and_tells_why_it_failed()
    {
        await using var host = await place.StartAsync();
        var plan = "profile mobilenet_v1 --device box --resolution 8 --plan";
        var watched = await CommandLine.RunAsync("jobs", "submit", place.Specification("good", plan, plan), "--watch", "--state", place.State);
        Assert.Equal((0, ""), (watched.ExitCode, watched.Error));
        var lines = watched.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Count(line => line == $"$ autoslim {plan}"));
        Assert.Equal(2, lines.Count(line => line.StartsWith("mobilenet_v1 on 'box', which has no table yet: ", StringComparison.Ordinal)));

        var failing = await place.SubmitAsync("bad", "export nowhere", plan);
        var failed = await CommandLine.RunAsync("jobs", "watch", failing, "--state", place.State);
        Assert.Equal(1, failed.ExitCode);
        Assert.StartsWith($"autoslim: job '{failing}' is failed: 'export' ended with exit code ", Assert.Single(failed.Problems), StringComparison.Ordinal);
        Assert.Contains($"'{place.PathOf("nowhere")}' holds no run", failed.Error, StringComparison.Ordinal);
        Assert.Equal(("failed", 0), ((await JobWorkplace.JobAsync(host, failing)).State, (await JobWorkplace.JobAsync(host, failing)).StepsDone));
        var list = await CommandLine.RunAsync("jobs", "--state", place.State);
        Assert.Contains("0 of 2", list.Output, StringComparison.Ordinal);
        Assert.Contains("2 of 2", list.Output, StringComparison.Ordinal);

        Assert.Equal(1, (await CommandLine.RunAsync("jobs", "cancel", failing, "--state", place.State)).ExitCode);
        Assert.Equal(1, (await CommandLine.RunAsync("jobs", "resume", lines[0], "--state", place.State)).ExitCode);
        Assert.Equal(1, (await CommandLine.RunAsync("jobs", "watch", "0123", "--state", place.State)).ExitCode);
        await place.SucceedsAsync("jobs", "resume", failing);
        Assert.Equal(1, (await CommandLine.RunAsync("jobs", "watch", failing, "--state", place.State)).ExitCode);
        var wrong = await CommandLine.RunAsync("jobs", "submit", place.Specification("a b", "rm -rf /"), "--state", place.State);
        Assert.Equal((2, 2), (wrong.ExitCode, wrong.Problems.Count));
        Assert.DoesNotContain(host.OperatorToken, host.Printed + watched.Output + failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_job_whose_host_is_killed_asks_again_for_nothing_that_its_table_holds_and_comes_to_the_end()
    {
        await using var host = await place.StartAsync();
        await using var box = await place.AgentAsync("box", await place.EnrolAsync("box"));
        var job = await place.SubmitAsync("measure", Profile("box"));
        await RunningFleet.WhenAsync(() => box.Stored.Count > 100);
        await host.KillAsync();
        var (stored, answers, watches) = (box.Stored.Keys.ToList(), Answers(), Watches());
        var (kept, asked) = (Table().Measurements.Keys.ToHashSet(), EntriesAsked());
        await using var again = await place.StartAsync();
        await place.EndAsync(again, job);
        Assert.True(box.Stored.Count > stored.Count + 100, $"{stored.Count} of {box.Stored.Count} before the end: not in the middle");
        Assert.All(stored, probe => Assert.Equal(1, box.Asked[probe]));
        Assert.True(watches > 0 && Watches() > watches, "how the device runs after the restart was answered by what it had said before");
        var answersNow = Answers();
        Assert.All(answers, answer => Assert.Equal(answer.Value, answersNow[answer.Key]));
        Assert.InRange(kept.Count, 10, Table().Measurements.Count - 10);
        var askedNow = EntriesAsked();
        Assert.All(kept.Where(entry => entry != ProbeEntry.Operator(DeviceAlignment.Probes[^1]).Name), entry => Assert.Equal(asked[entry], askedNow[entry]));
    }

    [Fact]
    public async Task A_device_that_is_updated_meanwhile_fails_its_work_which_begins_a_table_of_the_new_key_when_it_is_resumed()
    {
        await using var host = await place.StartAsync();
        await using var box = await place.AgentAsync("box", await place.EnrolAsync("box"));
        var job = await place.SubmitAsync("measure", Profile("box"));
        await RunningFleet.WhenAsync(() => box.Stored.Count > 100);
        var updated = InventedAgent.Description with { OperatingSystem = "Linux 6.12" };
        box.ComeBackAs(updated);
        await RunningFleet.WhenAsync(() => place.LogOf(job).Contains("device 'box' has changed since this work began", StringComparison.Ordinal));
        Assert.Equal(1, (await CommandLine.RunAsync("jobs", "watch", job, "--state", place.State)).ExitCode);
        var before = box.Stored.Count;
        await place.SucceedsAsync("jobs", "resume", job);
        var path = place.PathOf("profiles", "box", "cpu.json");
        await place.WhenAsync(host, job, _ => File.Exists(path) && CostTableFile.Read(path) is var table && table.Device == updated && table.Measurements.Count > 20);
        await place.SucceedsAsync("jobs", "cancel", job);
        Assert.True(box.Stored.Count - before > 20, "the new table holds what the device answered before");
        Assert.NotEmpty(CostTableFile.Read(place.PathOf("profiles", "box", $"cpu.{InventedAgent.Description.Fingerprint}.json")).Measurements);
        Assert.Contains("device box has changed: its key was", host.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_told_to_stop_waits_for_nobody_and_its_job_goes_on_later()
    {
        await using var host = await place.StartAsync();
        await place.EnrolAsync("away");
        var job = await place.SubmitAsync("measure", Profile("away"));
        await RunningFleet.WhenAsync(() => place.LogOf(job).Contains("waiting for device 'away'", StringComparison.Ordinal));
        var watching = CommandLine.RunAsync("jobs", "watch", job, "--state", place.State);
        using var client = host.Client();
        var waiting = client.GetAsync("api/devices/away?waitSeconds=60", Cancellation);
        await Task.Delay(300, Cancellation);
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, await host.StopAsync());
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        await Assert.ThrowsAsync<HttpRequestException>(() => waiting);
        await using var again = await place.StartAsync();
        await RunningFleet.WhenAsync(() => place.LogOf(job).Split("waiting for device").Length == 3);
        Assert.Equal("running", (await JobWorkplace.JobAsync(again, job)).State);
        Assert.False(watching.IsCompleted);
        await place.SucceedsAsync("jobs", "cancel", job);
        var watched = await watching;
        Assert.Equal((1, place.LogOf(job)), (watched.ExitCode, watched.Output));
        Assert.Equal([$"the host at {host.Address} went away; job '{job}' is followed on when it is back", $"autoslim: job '{job}' is cancelled"], watched.Problems);
    }

    [Fact]
    public async Task A_job_waits_for_its_device_no_longer_than_it_says()
    {
        await using var host = await place.StartAsync();
        await place.EnrolAsync("away");
        var job = await place.SubmitAsync("measure", $"{Profile("away")} --connect-timeout 1");
        var watched = await CommandLine.RunAsync("jobs", "watch", job, "--state", place.State);
        Assert.Equal(1, watched.ExitCode);
        Assert.Contains($"device 'away' did not connect to the host at {host.Address} within 1 s", watched.Error, StringComparison.Ordinal);
    }

    private static string Profile(string device) => $"profile mobilenet_v1 --device {device} --resolution 8 --classes 10";

    private CostTable Table() => CostTableFile.Read(place.PathOf("profiles", "box", "cpu.json"));

    /// <summary>How often each entry was asked, from the host's own file.</summary>
    private Dictionary<string, long> EntriesAsked()
    {
        using var database = FleetDatabase.OpenFile(place.PathOf("state", "fleet.db"));
        return database.Query<AskedEntry>("select entry as Entry, count(*) as Times from probes group by entry").ToDictionary(row => row.Entry, row => row.Times);
    }

    private sealed record AskedEntry(string Entry, long Times);

    /// <summary>Of how the device runs, from the host's own file.</summary>
    private long Watches()
    {
        using var database = FleetDatabase.OpenFile(place.PathOf("state", "fleet.db"));
        return database.Query<long>("select count(distinct campaign) from probes where campaign like '%;afresh %'").Single();
    }

    /// <summary>By probe, from the host's own file.</summary>
    private Dictionary<string, string> Answers()
    {
        using var database = FleetDatabase.OpenFile(place.PathOf("state", "fleet.db"));
        return database.Query<string>("select id || ' ' || hex(result) from probes where result is not null").Select(row => row.Split(' ')).ToDictionary(row => row[0], row => row[1]);
    }
}
