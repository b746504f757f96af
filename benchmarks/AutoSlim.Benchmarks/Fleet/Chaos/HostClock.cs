namespace AutoSlim.Benchmarks.Fleet.Chaos;

/// <summary>The wall clock of a host, which a person or a time server may set at any moment: Debian's libfaketime. The monotonic clock is left alone, as the system leaves it.</summary>
internal sealed class HostClock
{
    private static readonly string[] Offsets = ["+2h", "-3h", "+26h", "-30d", "+400d", "+0"];

    private readonly string offset;
    private readonly string library;

    private HostClock(string library, string offset)
    {
        (this.library, this.offset) = (library, offset);
        File.WriteAllText(offset, "+0\n");
    }

    /// <summary>Of the host's process.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = library,
        ["FAKETIME_TIMESTAMP_FILE"] = offset,
        ["FAKETIME_CACHE_DURATION"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["DONT_FAKE_MONOTONIC"] = "1",
    };

    public int Jumps { get; private set; }

    /// <returns>Null where the library is not installed.</returns>
    public static HostClock? Find(string offsetFile) =>
        Directory.Exists("/usr/lib") && Directory.EnumerateFiles("/usr/lib", "libfaketime.so.1", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 }).FirstOrDefault() is string library ? new(library, offsetFile) : null;

    public void Jump() => File.WriteAllText(offset, $"{Offsets[Jumps++ % Offsets.Length]}\n");
}
