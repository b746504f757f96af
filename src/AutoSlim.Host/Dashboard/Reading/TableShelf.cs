using System.Collections.Concurrent;
using AutoSlim.Costs;
using AutoSlim.Host.Serving;

namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>The cost tables in the host's profiles folder. A table is read again when its file has changed.</summary>
internal sealed class TableShelf(ServeOptions options)
{
    private readonly ConcurrentDictionary<string, ShelvedTable> read = new(StringComparer.Ordinal);

    /// <summary>By device, then by execution provider.</summary>
    public IReadOnlyList<ShelvedTable> All()
    {
        var tables = CostTableFile.Devices(Folder).SelectMany(device => CostTableFile.Of(Folder, device).Select(path => Read(device, path))).ToList();
        foreach (var gone in read.Keys.Except(tables.Select(table => table.Path))) read.TryRemove(gone, out _);
        return tables;
    }

    /// <summary>Null where there is none; only files of the profiles folder are ever looked at.</summary>
    public ShelvedTable? Find(string device, string provider) => CostTableFile.Of(Folder, device)
        .Where(path => Path.GetFileNameWithoutExtension(path) == provider).Select(path => Read(device, path)).FirstOrDefault();

    private string Folder => Path.Combine(options.Work, options.Profiles);

    private ShelvedTable Read(string device, string path)
    {
        var written = File.GetLastWriteTimeUtc(path);
        if (read.TryGetValue(path, out var known) && known.WrittenAt == written) return known;
        return read[path] = ShelvedTable.Read(device, path, written);
    }
}
