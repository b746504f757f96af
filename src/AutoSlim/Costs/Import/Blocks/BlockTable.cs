using System.Globalization;
using System.Text;
using YamlDotNet.Core;

namespace AutoSlim.Costs.Import.Blocks;

/// <summary>
/// A table of once-for-all or ProxylessNAS: YAML, or JSON, from a <see cref="BlockKey"/> to <c>mean</c>, <c>count</c> (of runs) and <c>var</c>
/// (han-cai/files: proxylessnas/mobile_trim.yaml) or <c>std</c> (ofa/note10/224_lookup_table.yaml there). The files name no unit; the search
/// of mit-han-lab/proxylessnas adds their means up and compares them with milliseconds (search/imagenet_arch_search.py). The spread is not
/// taken over: it is of a mean, and of a whole block.
/// </summary>
internal static class BlockTable
{
    /// <exception cref="FormatException">No such table.</exception>
    public static void Read(byte[] bytes, ImportFormat format, ForeignTimes times)
    {
        var entries = Entries(bytes);
        var keys = entries.Select(entry => BlockKey.Parse(entry.Name)).ToList();
        var mapping = new BlockOperators(format, format == ImportFormat.OnceForAll && keys.Any(key => key?.Fields.ContainsKey("hs") == true));
        foreach (var same in entries.GroupBy(entry => entry.Name, StringComparer.Ordinal).Where(group => group.Count() > 1)) times.Problem($"'{same.Key}' comes {same.Count()} times");
        foreach (var (entry, key) in entries.Zip(keys)) Read(entry, key, mapping, times);
    }

    private static void Read(BlockEntry entry, BlockKey? key, BlockOperators mapping, ForeignTimes times)
    {
        if (key is null) times.Problem($"'{entry.Name}' is no key such as 'Conv-input:224x224x3-output:112x112x32', or a size is out of range");
        else if (Mean(entry) is not double mean) times.Problem($"'{entry.Name}' has mean {entry["mean"]?.Trim() ?? "nothing"}, expected a number");
        else if (Count(entry) is not int count) times.Problem($"'{entry.Name}' has count {entry["count"]}, expected a whole number above 0");
        else if (mapping.Of(key) is { Operators: { Count: > 0 } operators }) times.Add(entry.Name, operators, mean, count);
        else times.LeaveOut(entry.Name, 1, mapping.Of(key).Reason!);
    }

    private static double? Mean(BlockEntry entry) => double.TryParse(entry["mean"], NumberStyles.Float, CultureInfo.InvariantCulture, out var mean) ? mean : null;

    private static int? Count(BlockEntry entry)
    {
        if (entry["count"] is not string text) return 1;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : null;
    }

    private static IReadOnlyList<BlockEntry> Entries(byte[] bytes)
    {
        try
        {
            return BlockEntries.Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
        }
        catch (DecoderFallbackException fault)
        {
            throw new FormatException("is no text in UTF-8", fault);
        }
        catch (Exception fault) when (fault is YamlException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"is cut off or no YAML{(fault is YamlException yaml ? $", at line {yaml.Start.Line}: {fault.Message.TrimEnd('.')}" : "")}", fault);
        }
    }
}
