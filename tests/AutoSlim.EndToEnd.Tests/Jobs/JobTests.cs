using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using AutoSlim.Costs;
using AutoSlim.EndToEnd.Tests.Commands;
using AutoSlim.EndToEnd.Tests.Demo;
using AutoSlim.EndToEnd.Tests.Serving;
using AutoSlim.EndToEnd.Tests.Stages;
using AutoSlim.Host.Fleet.State;
using AutoSlim.Host.Remote;
using AutoSlim.Host.Serving.Api;

namespace AutoSlim.EndToEnd.Tests.Jobs;

/// <summary>Jobs of a real host, which a test kills where it hurts.</summary>
public sealed class JobTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder folder = new();
    private readonly string listen = $"http://127.0.0.1:{FreePort()}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string State => Path.Combine(folder.Path, "state");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_job_is_submitted_watched_listed_and_tells_why_it_failed()
    {
        await using var host = await StartAsync();
        var plan = "profile mobilenet_v1 --device box --resolution 8 --plan";
        var watched = await CommandLine.RunAsync("jobs", "submit", Specification("good", plan, plan), "--watch", "--state", State);
        Assert.Equal((0, ""), (watched.ExitCode, watched.Error));
        var lines = watched.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Count(line => line == $"$ autoslim {plan}"));
        Assert.Equal(2, lines.Count(line => line.StartsWith("mobilenet_v1 on 'box', which has no table yet: ", StringComparison.Ordinal)));

        var failing = await SubmitAsync("bad", "export nowhere", plan);
        var failed = await CommandLine.RunAsync("jobs", "watch", failing, "--state", State);
        Assert.Equal(1, failed.ExitCode);
        Assert.StartsWith($"autoslim: job '{failing}' is failed: 'export' ended with exit code ", Assert.Single(failed.Problems), StringComparison.Ordinal);
        Assert.Contains($"'{Path.Combine(folder.Path, "nowhere")}' holds no run", failed.Error, StringComparison.Ordinal);
        Assert.Equal(("failed", 0), ((await JobAsync(host, failing)).State, (await JobAsync(host, failing)).StepsDone));
        var list = await CommandLine.RunAsync("jobs", "--state", State);
        Assert.Contains("0 of 2", list.Output, StringComparison.Ordinal);
        Assert.Contains("2 of 2", list.Output, StringComparison.Ordinal);

        Assert.Equal(1, (await CommandLine.RunAsync("jobs", "cancel", failing, "--state", State)).ExitCode);
        Assert.Equal(1, (await CommandLine.RunAsync("jobs", "resume", lines[0], "--state", State)).ExitCode);
        Assert.Equal(1, (await CommandLine.RunAsync("jobs", "watch", "0123", "--state", State)).ExitCode);
        Assert.Equal(0, (await CommandLine.RunAsync("jobs", "resume", failing, "--state", State)).ExitCode);
        Assert.Equal(1, (await CommandLine.RunAsync("jobs", "watch", failing, "--state", State)).ExitCode);
        var wrong = await CommandLine.RunAsync("jobs", "submit", Specification("a b", "rm -rf /"), "--state", State);
        Assert.Equal((2, 2), (wrong.ExitCode, wrong.Problems.Count));
        Assert.DoesNotContain(host.OperatorToken, host.Printed + watched.Output + failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_job_whose_host_is_killed_asks_no_answered_probe_again_and_comes_to_the_end()
    {
        await using var host = await StartAsync();
        await using var box = await AgentAsync("box");
        var job = await SubmitAsync("measure", Profile("box"));
        await RunningFleet.WhenAsync(() => box.Stored.Count > 100);
        await host.KillAsync();
        var (stored, answers) = (box.Stored.Keys.ToList(), Answers());
        await using var again = await StartAsync();
        await EndAsync(again, job);
        Assert.True(box.Stored.Count > stored.Count + 100, $"{stored.Count} of {box.Stored.Count} before the end: not in the middle");
        Assert.All(stored, probe => Assert.Equal(1, box.Asked[probe]));
        var kept = Answers();
        Assert.All(answers, answer => Assert.Equal(answer.Value, kept[answer.Key]));
        var table = CostTableFile.Read(Path.Combine(folder.Path, "profiles", "box", "cpu.json"));
        Assert.InRange(table.Measurements.Count, 100, answers.Count + box.Stored.Count);
    }

    [Fact]
    public async Task A_host_that_is_told_to_stop_waits_for_nobody_and_its_job_goes_on_later()
    {
        await using var host = await StartAsync();
        Assert.Equal(0, (await CommandLine.RunAsync("enroll", "away", "--state", State)).ExitCode);
        var job = await SubmitAsync("measure", Profile("away"));
        await RunningFleet.WhenAsync(() => LogOf(job).Contains("waiting for device 'away'", StringComparison.Ordinal));
        var watching = CommandLine.RunAsync("jobs", "watch", job, "--state", State);
        using var client = host.Client();
        var waiting = client.GetAsync("api/devices/away?waitSeconds=60", Cancellation);
        await Task.Delay(300, Cancellation);
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, await host.StopAsync());
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        Assert.Equal(1, (await watching).ExitCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => waiting);
        await using var again = await StartAsync();
        await RunningFleet.WhenAsync(() => LogOf(job).Split("waiting for device").Length == 3);
        Assert.Equal("running", (await JobAsync(again, job)).State);
        Assert.Equal(0, (await CommandLine.RunAsync("jobs", "cancel", job, "--state", State)).ExitCode);
        Assert.StartsWith($"autoslim: job '{job}' is cancelled", (await CommandLine.RunAsync("jobs", "watch", job, "--state", State)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_that_was_cancelled_resumed_and_whose_host_was_killed_ends_bit_by_bit_as_an_unbroken_one()
    {
        var data = Path.Combine(folder.Path, "data");
        SmallImages.Write(data);
        var weights = Path.Combine(folder.Path, "broken", "supernet.safetensors");
        await using var host = await StartAsync();
        var job = await SubmitAsync("train", string.Join(' ', Train("data", "broken")));
        await RunningFleet.WhenAsync(() => File.Exists(weights));
        Assert.Equal(0, (await CommandLine.RunAsync("jobs", "cancel", job, "--state", State)).ExitCode);
        Assert.Equal("cancelled", (await JobAsync(host, job)).State);
        var first = File.GetLastWriteTimeUtc(weights);
        Assert.Equal(0, (await CommandLine.RunAsync("jobs", "resume", job, "--state", State)).ExitCode);
        await RunningFleet.WhenAsync(() => File.GetLastWriteTimeUtc(weights) > first);
        await host.KillAsync();
        await using var again = await StartAsync();
        await EndAsync(again, job);
        Assert.Equal(3, LogOf(job).Split('\n').Count(line => line.StartsWith("$ autoslim train", StringComparison.Ordinal)));
        await HostProgram.RunToEndAsync(Train(data, Path.Combine(folder.Path, "unbroken")));
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "unbroken", "supernet.safetensors"), Cancellation), await File.ReadAllBytesAsync(weights, Cancellation));
    }

    private static string[] Train(string data, string run) => ["train", SlimmedRun.Network, "--data", data, $"--out={run}", "--epochs", "3", "--search-images", "50", "--threads", "1"];

    private static string Profile(string device) => $"profile mobilenet_v1 --device {device} --resolution 8 --classes 10";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task<ServeProgram> StartAsync() => ServeProgram.StartAsync(State, "--listen", listen, "--work", folder.Path);

    /// <summary>By probe, from the host's own file.</summary>
    private Dictionary<string, string> Answers()
    {
        using var database = FleetDatabase.OpenFile(Path.Combine(State, "fleet.db"));
        return database.Query<string>("select id || ' ' || hex(result) from probes where result is not null").Select(row => row.Split(' ')).ToDictionary(row => row[0], row => row[1]);
    }

    private string LogOf(string job)
    {
        var file = Path.Combine(State, "jobs", $"{job}.log");
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }

    private string Specification(string name, params string[] steps) => folder.Write($"{Guid.NewGuid()}.yaml", $"name: {name}\nsteps:\n{string.Concat(steps.Select(step => $"- {step}\n"))}");

    private async Task<string> SubmitAsync(string name, params string[] steps)
    {
        var run = await CommandLine.RunAsync("jobs", "submit", Specification(name, steps), "--state", State);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }

    private async Task<TirelessAgent> AgentAsync(string name)
    {
        var run = await CommandLine.RunAsync("enroll", name, "--state", State);
        Assert.True(run.ExitCode == 0, run.Error);
        return await TirelessAgent.EnrolAsync(new(listen), name, run.Output.Trim());
    }

    private static async Task<JobView> JobAsync(ServeProgram host, string job)
    {
        using var client = host.Client();
        return (await client.GetFromJsonAsync<JobView>($"api/jobs/{job}", HostClient.Json, Cancellation))!;
    }

    private async Task EndAsync(ServeProgram host, string job)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var view = await JobAsync(host, job);
            if (view.State == "done") return;
            Assert.True(view.State is "queued" or "running" && !limit.IsCancellationRequested, $"{view.State} {view.Message}\n{LogOf(job)}");
            await Task.Delay(100, Cancellation);
        }
    }
}
