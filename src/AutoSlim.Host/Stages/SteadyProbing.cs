using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;

namespace AutoSlim.Host.Stages;

/// <summary>
/// Measures entries, however many, in one state of the device: where it comes into another one and stays there (it grew warm, or a load
/// began or ended), what was measured before is measured again.
/// </summary>
/// <param name="device">Who measures.</param>
/// <param name="table">Takes the measurements.</param>
/// <param name="tell">Takes what a person should know.</param>
internal sealed class SteadyProbing(ConnectedDevice device, CostTable table, Action<string> tell)
{
    /// <summary>Measured, and kept, together: an interrupted stage loses no more.</summary>
    private const int ChunkSize = 60;

    private const double TellingShare = 0.02;

    private readonly List<ProbeEntry[]> done = [];
    private double largestDrift;
    private int states = 1;

    public Steadiness Steadiness { get; init; }

    /// <summary>Held while the table changes: others may measure for it too.</summary>
    public Lock Gate { get; init; } = new();

    /// <summary>Beyond it the device is unsteady.</summary>
    private int MaximumStates => Steadiness == Steadiness.Required ? 4 : 2;

    /// <summary>Waits for a device to cool down.</summary>
    public Func<TimeSpan, CancellationToken, Task> Wait { get; init; } = (pause, cancellation) => Task.Delay(pause, device.Time, cancellation);

    /// <param name="work">In any order; shuffled already.</param>
    /// <param name="seed">Decides the orders of the rounds.</param>
    /// <param name="onProbe">Told how many entries are done, and the last probe.</param>
    /// <param name="onChunk">The table has new measurements.</param>
    /// <param name="cancellation">Looked at between probes.</param>
    /// <returns>The largest drift from the device's speed under which an entry was taken, as a share.</returns>
    /// <exception cref="DeviceBusyException">The device does not keep one speed.</exception>
    /// <exception cref="CommandFailedException">The device could not measure an entry; names it and the reason.</exception>
    public async Task<double> RunAsync(IReadOnlyList<ProbeEntry> work, ulong seed, Action<double, string> onProbe, Action onChunk, CancellationToken cancellation)
    {
        var waiting = new Queue<ProbeEntry[]>(work.Chunk(ChunkSize));
        if (waiting.Count == 0) return 0;
        // What a restarted job had asked of entries that were not kept was of a speed that nobody knows now, or had been rejected for it.
        var asked = device.Afresh();
        var watch = await SpeedWatch.BeginAsync(asked, cancellation);
        while (waiting.TryDequeue(out var chunk))
        {
            if (await MeasureAsync(chunk, new(asked, watch, seed + (ulong)done.Count, Wait) { Ignores = Steadiness == Steadiness.Ignored || states > MaximumStates }, onProbe, cancellation))
            {
                lock (Gate) onChunk();
                continue;
            }

            waiting.Enqueue(chunk);
            var now = await SpeedWatch.BeginAsync(asked, cancellation);
            if (Math.Abs(Tell(now.DriftFrom(watch))) <= SpeedWatch.LostShare) continue;
            foreach (var earlier in done) waiting.Enqueue(earlier);
            done.Clear();
            watch = now;
        }

        if (Math.Abs(largestDrift) > TellingShare)
            tell($"profile {device.Name}: some entries were measured while the device ran up to {largestDrift:+0.0 %;-0.0 %} off its speed");
        return largestDrift;
    }

    /// <summary>False when the device left its state.</summary>
    private async Task<bool> MeasureAsync(ProbeEntry[] chunk, ProbeRounds rounds, Action<double, string> onProbe, CancellationToken cancellation)
    {
        var (before, probes) = (done.Sum(earlier => earlier.Length), 0);
        var found = await rounds.MeasureAsync(chunk, entry => onProbe(before + Math.Min(++probes / (double)ProbeRounds.Count, chunk.Length), entry.Name), cancellation);
        if (Math.Abs(rounds.LargestDrift) > Math.Abs(largestDrift)) largestDrift = rounds.LargestDrift;
        if (found is null) return false;
        lock (Gate)
        {
            foreach (var (entry, measurement) in found) table.Record(entry.Name, measurement);
        }

        done.Add(chunk);
        return true;
    }

    private double Tell(double drift)
    {
        var change = FormattableString.Invariant($"device '{device.Name}' {(Math.Abs(drift) <= SpeedWatch.LostShare ? "left its speed for a while, and is back," : "now runs")} {drift:+0.0 %;-0.0 %} off the speed that it had before");
        if (++states > MaximumStates && Steadiness == Steadiness.Required)
            throw new DeviceBusyException($"{change}, for the {states}th time: leave it alone and profile it again, or take its times as they are with --unsteady; what was measured is kept");
        tell(states > MaximumStates
            ? $"profile: {change}, for the {states}th time; its times are taken as they are from here on"
            : $"profile: {change}; measuring up to {(Math.Abs(drift) <= SpeedWatch.LostShare ? 0 : done.Sum(chunk => chunk.Length)) + ChunkSize} entries again");
        return drift;
    }
}
