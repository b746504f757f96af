using AutoSlim.Files;
using AutoSlim.Profiling;

namespace AutoSlim.Costs;

/// <summary>Cost tables as files that are committed and compared: JSON, one entry per line, sorted.</summary>
public static class CostTableFile
{
    /// <summary>Raised whenever an older release would misread the file.</summary>
    public const int Format = 2;

    /// <summary>Where a device's table belongs: <c>profiles/phone/cpu.json</c>.</summary>
    /// <exception cref="ArgumentException">The device's or its execution provider's name cannot name a file.</exception>
    public static string PathFor(string profilesFolder, string deviceName, DeviceDescription device)
    {
        var provider = device.ExecutionProvider.ToLowerInvariant();
        if (AgentHello.NameProblem(deviceName) is string problem) throw new ArgumentException(problem, nameof(deviceName));
        if (AgentHello.NameProblem(provider) is not null)
            throw new ArgumentException($"execution provider '{device.ExecutionProvider}' names a file: expected letters, digits, '-', '_' and '.'", nameof(device));
        return Path.Combine(profilesFolder, deviceName, $"{provider}.json");
    }

    /// <summary>The tables that a device has now, one for each execution provider, by path; those that moved aside are left out.</summary>
    public static IReadOnlyList<string> Of(string profilesFolder, string deviceName)
    {
        var folder = Path.Combine(profilesFolder, deviceName);
        if (AgentHello.NameProblem(deviceName) is not null || !Directory.Exists(folder)) return [];
        return [.. Directory.EnumerateFiles(folder, "*.json").Where(path => !Path.GetFileNameWithoutExtension(path).Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The devices that have tables, by name.</summary>
    public static IReadOnlyList<string> Devices(string profilesFolder) => !Directory.Exists(profilesFolder) ? [] :
        [.. Directory.EnumerateDirectories(profilesFolder).Select(folder => Path.GetFileName(folder)).Where(name => Of(profilesFolder, name).Count > 0).Order(StringComparer.Ordinal)];

    /// <exception cref="CostTableFileException">Truncated, of another kind or version, or with entries that contradict themselves.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static CostTable Read(string path)
    {
        var table = CostTableJson.Read(File.ReadAllText(path), path);
        table.MarkSaved();
        return table;
    }

    /// <summary>Writes the file whole or not at all.</summary>
    public static void Write(string path, CostTable table) => WholeFile.WriteText(path, CostTableJson.Write(table));

    /// <summary>
    /// Adds to the file what the table recorded since it was opened or saved: what other processes measured meanwhile stays. Where one of them began a
    /// table of the device as it is otherwise, that stays too, and this one lies beside it.
    /// </summary>
    /// <exception cref="CostTableFileException">There is a file, but it cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be written, or another process keeps it.</exception>
    public static void Save(string path, CostTable table)
    {
        using var claim = FileClaim.Take(path, FileClaim.UsualPatience);
        var fingerprint = table.Device.Fingerprint;
        var target = (Find(path)?.Device.Fingerprint ?? fingerprint) == fingerprint ? path : Aside(path, fingerprint, copy: 1);
        var whole = Find(target) ?? new(table.Device);
        whole.TakeUnsaved(table);
        Write(target, whole);
        table.MarkSaved();
    }

    /// <summary>
    /// The table of <paramref name="device"/> at <paramref name="path"/>. A table of the device as it was before (another runtime, other
    /// options) moves aside to <c>cpu.FINGERPRINT.json</c>, and comes back when the device is so again: times of two descriptions are never
    /// mixed and none are lost.
    /// </summary>
    /// <exception cref="CostTableFileException">There is a file, but it cannot be used.</exception>
    public static OpenedCostTable Open(string path, DeviceDescription device)
    {
        var found = Find(path);
        if (found?.Device.Fingerprint == device.Fingerprint) return new(found, null);
        if (found is null && LastAside(path, device.Fingerprint) is null) return new(new(device), null);
        using var claim = FileClaim.Take(path, FileClaim.UsualPatience);
        if (Find(path) is not CostTable table) return TakeUp(path, device);
        if (table.Device.Fingerprint == device.Fingerprint) return new(table, null);
        var before = LastAside(path, device.Fingerprint);
        var again = before is null ? new(device) : Read(before);
        var change = MoveAside(path, table, device);
        if (before is null) return new(again, $"{change}, and a new table starts empty");
        File.Move(before, path, overwrite: false);
        return new(again, $"{change}, and the {again.Measurements.Count} that it measured before, as it is now, are taken up again");
    }

    /// <summary>Where nothing is at the path: a process may have been killed when a table had moved aside and the next was not begun.</summary>
    private static OpenedCostTable TakeUp(string path, DeviceDescription device)
    {
        if (LastAside(path, device.Fingerprint) is not string aside) return new(new(device), null);
        var again = Read(aside);
        File.Move(aside, path, overwrite: false);
        return new(again, $"'{path}' was missing: the {again.Measurements.Count} entries that the device measured before, as it is now, are taken up again from '{aside}'");
    }

    /// <summary>Writes a table in place of what is there; a table of another device, or of the device as it was before, moves aside.</summary>
    /// <returns>What the user should know about the file found there, or null.</returns>
    /// <exception cref="CostTableFileException">There is a file, but it cannot be used.</exception>
    public static string? Replace(string path, CostTable table)
    {
        using var claim = FileClaim.Take(path, FileClaim.UsualPatience);
        var old = Find(path) ?? table;
        var notice = old.Device.Fingerprint == table.Device.Fingerprint ? null : MoveAside(path, old, table.Device);
        Write(path, table);
        return notice;
    }

    private static CostTable? Find(string path) => File.Exists(path) ? Read(path) : null;

    private static string Aside(string path, string fingerprint, int copy) => Path.ChangeExtension(path, $"{fingerprint}{(copy == 1 ? "" : $".{copy}")}.json");

    private static string? LastAside(string path, string fingerprint) =>
        Enumerable.Range(1, int.MaxValue - 1).Select(copy => Aside(path, fingerprint, copy)).TakeWhile(File.Exists).LastOrDefault();

    /// <returns>For the user.</returns>
    private static string MoveAside(string path, CostTable table, DeviceDescription now)
    {
        var aside = Enumerable.Range(1, int.MaxValue - 1).Select(copy => Aside(path, table.Device.Fingerprint, copy)).First(free => !File.Exists(free));
        File.Move(path, aside, overwrite: false);
        return $"the device has changed since '{path}' was measured ({string.Join(", ", CostTableJson.Changes(table.Device, now))}): its {table.Measurements.Count} entries are kept in '{aside}'";
    }
}
