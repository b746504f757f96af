using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>Has a device measure what its cost table lacks for a network, and calibrates the table. Operators are saved as they come; the calibration is measured as a whole.</summary>
internal sealed class ProfileStage(StageConsole console, TextWriter notices, string profilesFolder)
{
    /// <summary>Sittings of each calibration network.</summary>
    public const int CalibrationRounds = 5;

    private const double StaleShare = 0.05;
    private const int AlignmentAttempts = 3;

    /// <summary>Whether a device that no longer runs as when it was calibrated has its calibration networks measured again.</summary>
    public bool ChecksDrift { get; init; } = true;

    public Steadiness Steadiness { get; init; }

    /// <summary>The latencies.</summary>
    /// <param name="definition">What is to be priced.</param>
    /// <param name="device">Who measures.</param>
    /// <param name="seed">Decides the order of the probes.</param>
    /// <param name="cancellation">Looked at between probes.</param>
    /// <exception cref="CommandFailedException">The device could not measure something; names it and the reason.</exception>
    public async Task<DeviceCosts> RunAsync(NetworkDefinition definition, ConnectedDevice device, ulong seed, CancellationToken cancellation)
    {
        var (table, path) = await AlignedAsync(device, seed, cancellation);
        var plan = ProfilingPlan.For(definition, table.Alignment);
        var work = Shuffled(table.Missing(plan), seed);
        var anchors = await AnchorsToMeasureAsync(definition, table, device, seed, cancellation);
        var drift = work.Length > 0 ? await MeasureAsync($"profile {device.Name}", work, device, table, path, seed, cancellation) : 0;
        var refined = await RefineAsync(plan, device, table, path, seed, drift, cancellation);
        if (anchors.Count > 0) await CalibrateAsync(anchors, device, table, path, seed, cancellation);
        if (work.Length + refined + anchors.Count == 0) await notices.WriteLineAsync($"profile {device.Name}: nothing is missing in {path}");
        foreach (var member in device.Members)
            if (member.Conditions.Summary() is string seen) await notices.WriteLineAsync($"profile {member.Agent}: {seen}");
        return DeviceCosts.Of(definition, device.Name, table);
    }

    /// <summary>Those costs that are wanted. The memory alone needs no latencies but the few that tell the device's alignment.</summary>
    /// <inheritdoc cref="RunAsync(NetworkDefinition, ConnectedDevice, ulong, CancellationToken)"/>
    public async Task<DeviceCosts> RunAsync(NetworkDefinition definition, ConnectedDevice device, WantedPrices wanted, ulong seed, CancellationToken cancellation)
    {
        var costs = wanted.Latency ? await RunAsync(definition, device, seed, cancellation) : new(device.Name, (await AlignedAsync(device, seed, cancellation)).Table);
        return wanted.Memory ? await new MemoryStage(console, definition, device).RunAsync(costs, profilesFolder, cancellation) : costs;
    }

    private async Task<(CostTable Table, string Path)> AlignedAsync(ConnectedDevice device, ulong seed, CancellationToken cancellation)
    {
        var path = CostTableFile.PathFor(profilesFolder, device.Name, device.Description);
        var (table, notice) = CostTableFile.Open(path, device.Description);
        if (notice is not null) await notices.WriteLineAsync(notice);
        foreach (var member in device.Members) member.Tell = console.WriteLine;
        await FindAlignmentAsync(device, table, path, seed, cancellation);
        return (table, path);
    }

    /// <summary>Before anything else: it decides which widths are worth measuring. An unsteady device is asked again, for the answer stays with the table.</summary>
    private async Task FindAlignmentAsync(ConnectedDevice device, CostTable table, string path, ulong seed, CancellationToken cancellation)
    {
        var work = Shuffled(table.Missing(DeviceAlignment.Probes), seed);
        if (work.Length == 0) return;
        var drift = await MeasureAsync($"align {device.Name}", work, device, table, path, seed, cancellation);
        for (var attempt = 2; attempt <= AlignmentAttempts && Math.Abs(drift) > SpeedWatch.LostShare; attempt++)
            drift = await MeasureAsync($"align {device.Name}, attempt {attempt}", work, device, table, path, seed, cancellation);
        if (Math.Abs(drift) > SpeedWatch.LostShare)
            await notices.WriteLineAsync(FormattableString.Invariant($"profile {device.Name}: the device was too unsteady ({drift:+0.0 %;-0.0 %}) to tell for sure how many channels it works on at once; if what follows is wrong, delete '{path}' and profile it at rest"));
        await notices.WriteLineAsync(table.Alignment == DeviceAlignment.None
            ? $"profile {device.Name}: the device takes any width as it is"
            : $"profile {device.Name}: the device works on {table.Alignment} channels at once; latency is measured and slimmed in multiples of that");
    }

    /// <summary>Each pass is decided by what the one before found; a refined table asks for none. What a device's changing speed did to the times would be taken for a table that is too coarse.</summary>
    /// <returns>How many entries were missing and measured.</returns>
    private async Task<int> RefineAsync(IReadOnlyList<LayerSignature> plan, ConnectedDevice device, CostTable table, string path, ulong seed, double drift, CancellationToken cancellation)
    {
        var entries = 0;
        for (var pass = 1; table.Missing(Refinement.Next(table, plan)) is { Count: > 0 } work; pass++, entries += work.Count)
        {
            if (Math.Abs(drift) > SpeedWatch.LostShare)
            {
                await notices.WriteLineAsync(FormattableString.Invariant($"profile {device.Name}: the device was too unsteady ({drift:+0.0 %;-0.0 %}) to tell where its table is too coarse; {work.Count} entries that would refine it are left out"));
                break;
            }

            drift = await MeasureAsync($"refine {device.Name}, pass {pass}", Shuffled(work, seed), device, table, path, seed, cancellation);
        }

        return entries;
    }

    private static ProbeEntry[] Shuffled(IReadOnlyList<ProbeEntry> entries, ulong seed)
    {
        ProbeEntry[] shuffled = [.. entries];
        new SplitMix64(seed).Shuffle(shuffled.AsSpan());
        return shuffled;
    }

    /// <summary>Those that are missing; all of them, with what searches chose and mispriced, when the device runs no longer as it did when they were measured.</summary>
    private async Task<IReadOnlyList<ProbeEntry>> AnchorsToMeasureAsync(
        NetworkDefinition definition, CostTable table, ConnectedDevice device, ulong seed, CancellationToken cancellation)
    {
        var anchors = Anchors.For(definition, table.Alignment).Select(ProbeEntry.Network).ToList();
        var missing = table.Missing(anchors);
        if (missing.Count > 0 || !ChecksDrift) return missing;
        var drift = await new Sentinels(definition, table).DriftAsync(device, seed, cancellation);
        if (Math.Abs(drift ?? double.NaN) <= StaleShare) return missing;
        var measured = Anchors.Measured(definition, table).Select(ProbeEntry.Network).ToList();
        await notices.WriteLineAsync(drift is double off
            ? $"profile {device.Name}: the device is {off:+0.0 %;-0.0 %} off its table; measuring the {measured.Count} calibration networks again"
            : $"profile {device.Name}: the device is too busy to compare with its table, which is taken as it is");
        return drift is null ? missing : measured;
    }

    /// <summary>Whole networks, each in several sessions: they decide what everything else is worth.</summary>
    private async Task CalibrateAsync(
        IReadOnlyList<ProbeEntry> anchors, ConnectedDevice device, CostTable table, string path, ulong seed, CancellationToken cancellation)
    {
        var times = new InterleavedTimes(device, CalibrationRounds, seed);
        var found = await console.RunStageAsync($"calibrate {device.Name}", times.Probes(anchors.Count), "probes", report =>
            times.StatisticsAsync([.. anchors.Select((entry, index) => ($"calibration network {index + 1}", entry.Model()))], (done, name) => report(done, name), cancellation));
        foreach (var (entry, statistics) in anchors.Zip(found)) table.Record(entry.Name, Measurement.OfSessions(statistics));
        CostTableFile.Save(path, table);
    }

    /// <returns>The largest drift under which an entry was taken.</returns>
    private Task<double> MeasureAsync(
        string stage, IReadOnlyList<ProbeEntry> work, ConnectedDevice device, CostTable table, string path, ulong seed, CancellationToken cancellation) =>
        console.RunStageAsync(stage, work.Count, "entries", async report =>
        {
            try
            {
                return await new PooledProbing(device.Members, table, console.WriteLine) { Steadiness = Steadiness }.RunAsync(
                    work, seed, (done, name) => report((long)done, name), () => CostTableFile.Save(path, table), cancellation);
            }
            finally
            {
                CostTableFile.Save(path, table);
            }
        });
}
