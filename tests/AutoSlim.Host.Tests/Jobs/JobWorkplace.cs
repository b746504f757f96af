using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using AutoSlim.Host.Remote;
using AutoSlim.Host.Serving.Api;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Jobs;

/// <summary>A folder in which a host works, always at the same address, and what a person does with its jobs and devices.</summary>
internal sealed class JobWorkplace : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder folder = new();
    private readonly string listen = $"http://127.0.0.1:{FreePort()}";

    public string Path => folder.Path;

    /// <summary>Of the host.</summary>
    public string State => PathOf("state");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    public string PathOf(params string[] parts) => System.IO.Path.Combine([folder.Path, .. parts]);

    public Task<ServeProgram> StartAsync(params (string Name, string Value)[] environment) => ServeProgram.StartAsync(State, environment, "--listen", listen, "--work", folder.Path);

    public string Specification(string name, params string[] steps) => folder.Write($"{Guid.NewGuid()}.yaml", $"name: {name}\nsteps:\n{string.Concat(steps.Select(step => $"- {step}\n"))}");

    /// <returns>The job's id.</returns>
    public async Task<string> SubmitAsync(string name, params string[] steps) => (await SucceedsAsync("jobs", "submit", Specification(name, steps))).Output.Trim();

    /// <summary>Everything that it has printed; empty while it has not begun.</summary>
    public string LogOf(string job)
    {
        var file = PathOf("state", "jobs", $"{job}.log");
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }

    /// <param name="name">Of the device.</param>
    /// <param name="options">Of <c>enroll</c>.</param>
    /// <returns>Its one-time token.</returns>
    public async Task<string> EnrolAsync(string name, params string[] options) => (await SucceedsAsync(["enroll", name, .. options])).Output.Trim();

    /// <summary>Starts the agent of a device.</summary>
    /// <param name="name">Of the device.</param>
    /// <param name="token">Its one-time token.</param>
    public Task<TirelessAgent> AgentAsync(string name, string token) => TirelessAgent.EnrolAsync(new(listen), name, token);

    public async Task<CommandLine> SucceedsAsync(params string[] arguments)
    {
        var run = await CommandLine.RunAsync([.. arguments, "--state", State]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }

    public static async Task<JobView> JobAsync(ServeProgram host, string job)
    {
        using var client = host.Client();
        return (await client.GetFromJsonAsync<JobView>($"api/jobs/{job}", HostClient.Json, Cancellation))!;
    }

    /// <summary>Returns when it is done.</summary>
    public Task EndAsync(ServeProgram host, string job) => WhenAsync(host, job, view => view.State == "done");

    /// <summary>Returns when a job has come so far.</summary>
    public async Task WhenAsync(ServeProgram host, string job, Func<JobView, bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await JobAsync(host, job) is var view && !condition(view))
        {
            Assert.True(view.State is "queued" or "running" && !limit.IsCancellationRequested, $"{view.State} {view.Message}\n{LogOf(job)}");
            await Task.Delay(100, Cancellation);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
