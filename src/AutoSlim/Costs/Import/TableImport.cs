using AutoSlim.Costs.Import.Blocks;
using AutoSlim.Costs.Import.NetAdapt;
using AutoSlim.Profiling;

namespace AutoSlim.Costs.Import;

/// <summary>
/// Makes a <see cref="CostTable"/> of a latency table that somebody else measured. Its operators were timed alone, or in blocks, and never
/// against a whole network: no context is subtracted, no spread is known, nothing is calibrated. Every file is taken for hostile.
/// </summary>
public static class TableImport
{
    /// <summary>Published tables of blocks have 10 to 15 kB; half a million times of layers fit.</summary>
    private const int MaximumBytes = 16_000_000;

    /// <param name="path">The file.</param>
    /// <param name="options">What the file does not say.</param>
    /// <exception cref="TableImportException">Options or file cannot be used; with every problem.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static ImportedTable Read(string path, ImportOptions options)
    {
        if (options.Problems() is { Count: > 0 } wrong) throw new TableImportException(wrong);
        var bytes = Bytes(path);
        return Table(Times(path, bytes, options), ImportedDevice.Describe(options.Format, ContentHash.Of(bytes)));
    }

    /// <summary>Reads no further than it must: a device file has no end.</summary>
    private static byte[] Bytes(string path)
    {
        using var stream = File.OpenRead(path);
        using var content = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            content.Write(buffer, 0, read);
            if (content.Length > MaximumBytes) throw Unusable(path, $"is longer than {MaximumBytes:N0} bytes, which no latency table is");
        }

        return content.ToArray();
    }

    private static ForeignTimes Times(string path, byte[] bytes, ImportOptions options)
    {
        var times = new ForeignTimes(options);
        try
        {
            if (options.Format == ImportFormat.NetAdapt) NetAdaptTable.Read(bytes, times);
            else BlockTable.Read(bytes, options.Format, times);
        }
        catch (FormatException fault)
        {
            throw Unusable(path, fault.Message, fault);
        }

        if (times.Problems.Count > 0) throw new TableImportException([.. times.Problems.Select(problem => $"'{path}': {problem}")]);
        if (times.Timed.Count == 0) throw Unusable(path, $"holds no operator that is known here{(times.Unmapped.Count > 0 ? $": {times.Unmapped[0]}" : "")}");
        return times;
    }

    private static ImportedTable Table(ForeignTimes times, DeviceDescription device)
    {
        var (table, shares) = (new CostTable(device), BlockShares.Of(times.Timed));
        foreach (var (signature, microseconds, samples) in shares.Parts)
            table.Record(ProbeEntry.Operator(signature).Name, new Measurement(microseconds, 0, double.PositiveInfinity, samples, 0, ProbeStatus.Ok).Rounded());
        var misfits = shares.Misfits();
        return new(table, times.Timed.Count, times.Unmapped, misfits[misfits.Count / 2], misfits[^1]);
    }

    private static TableImportException Unusable(string path, string problem, Exception? cause = null) => new([$"'{path}' {OneLine.Of(problem)}"], cause);
}
