using System.Diagnostics;
using System.Globalization;

namespace AutoSlim.Benchmarks.Fleet;

/// <summary>One life of a real <c>autoslim serve</c>; it never outlives this object.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan StartingTime = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TextWriter log;

    private HostProcess(FleetWorkplace place, string state, IEnumerable<KeyValuePair<string, string>> environment)
    {
        log = TextWriter.Synchronized(new StreamWriter(place.HostLog, append: true) { AutoFlush = true });
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "AutoSlim.Host"), ["serve", "--listen", $"http://127.0.0.1:{place.Port}", "--state", state, "--work", place.Work])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        process = new() { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith("listening on", StringComparison.Ordinal) == true) listening.TrySetResult();
        };
        process.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"the host ended before it listened; see {place.HostLog}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Returns when it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public static async Task<HostProcess> StartAsync(FleetWorkplace place, string state, IEnumerable<KeyValuePair<string, string>> environment, CancellationToken cancellation)
    {
        var host = new HostProcess(place, state, environment);
        try
        {
            await host.listening.Task.WaitAsync(StartingTime, cancellation);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public bool HasEnded => process.HasExited;

    /// <summary>Now.</summary>
    public double ResidentMegabytes => Status("VmRSS:");

    /// <summary>At its highest.</summary>
    public double PeakMegabytes => Status("VmHWM:");

    /// <summary>So that nothing of it can say goodbye.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
        log.Dispose();
    }

    private double Status(string name)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
