using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AutoSlim.Benchmarks.Fleet;

/// <summary>One life of the program that simulates agents; it never outlives this object.</summary>
internal sealed class SimulatorProcess : IDisposable
{
    private readonly Process process;
    private readonly SemaphoreSlim asking = new(1);
    private volatile string lastWords = "it said nothing";

    /// <param name="server">That its agents connect to.</param>
    /// <param name="devices">Its agents' names and one-time tokens.</param>
    /// <param name="place">Of its files.</param>
    /// <param name="shortestMilliseconds">That a probe takes.</param>
    /// <param name="longestMilliseconds">That a probe takes.</param>
    /// <param name="receipts">The file to which the agents add every receipt; null for none.</param>
    public SimulatorProcess(Uri server, IReadOnlyDictionary<string, string> devices, FleetWorkplace place, double shortestMilliseconds, double longestMilliseconds, string? receipts = null)
    {
        var file = place.InDisk($"devices-{devices.Keys.First()}");
        File.WriteAllLines(file, devices.Select(device => $"{device.Key} {device.Value}"));
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory.Replace("AutoSlim.Benchmarks", "AutoSlim.FleetSimulator", StringComparison.Ordinal), "AutoSlim.FleetSimulator"),
            new[] { "--server", server.ToString(), "--devices", file, "--state", place.AgentState, "--shortest", Text(shortestMilliseconds), "--longest", Text(longestMilliseconds) })
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (receipts is not null)
        {
            start.ArgumentList.Add("--receipts");
            start.ArgumentList.Add(receipts);
        }

        start.Environment["TMPDIR"] = place.AgentTemporary;
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => lastWords = string.IsNullOrWhiteSpace(line.Data) ? lastWords : line.Data;
        process.BeginErrorReadLine();
    }

    public bool HasEnded => process.HasExited;

    public string LastWords => lastWords;

    /// <summary>What its agents delivered since this was asked before.</summary>
    public async Task<Deliveries> TakeAsync(CancellationToken cancellation)
    {
        await asking.WaitAsync(cancellation);
        try
        {
            await process.StandardInput.WriteLineAsync();
            await process.StandardInput.FlushAsync(cancellation);
            var line = await process.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException($"the simulator ended: {lastWords}");
            return JsonSerializer.Deserialize<Deliveries>(line, JsonSerializerOptions.Web)!;
        }
        finally
        {
            asking.Release();
        }
    }

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
        asking.Dispose();
    }

    /// <summary>See the simulator's figures.</summary>
    internal sealed record Deliveries(IReadOnlyList<string> Agents, int Receipts, int Stale, int Refused, IReadOnlyList<double> Milliseconds);

    private static string Text(double milliseconds) => milliseconds.ToString(CultureInfo.InvariantCulture);
}
