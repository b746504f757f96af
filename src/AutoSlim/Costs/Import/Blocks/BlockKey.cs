using System.Globalization;
using AutoSlim.Networks;

namespace AutoSlim.Costs.Import.Blocks;

/// <summary>The key of an entry: <c>expanded_conv-input:56x56x24-output:28x28x40-expand:6-kernel:5-stride:2-idskip:0</c>.</summary>
/// <param name="Kind">Before the first field.</param>
/// <param name="Input">Height, width and channels in the file.</param>
/// <param name="Output">The same, or channels alone of a map of one pixel.</param>
/// <param name="Fields">The others, whole numbers by name.</param>
internal sealed record BlockKey(string Kind, TensorShape Input, TensorShape Output, IReadOnlyDictionary<string, int> Fields)
{
    public bool HasExactly(IReadOnlyCollection<string> names) => names.Count == Fields.Count && names.All(Fields.ContainsKey);

    /// <summary>Null when the text is no such key or a size is out of range.</summary>
    public static BlockKey? Parse(string text)
    {
        var parts = text.Split('-');
        if (parts.Length < 3 || parts[0].Length == 0 || Shape(parts[1], "input:") is not TensorShape input || Shape(parts[2], "output:") is not TensorShape output) return null;
        var fields = new Dictionary<string, int>();
        foreach (var part in parts[3..])
            if (part.Split(':') is not [{ Length: > 0 } name, var value] || Number(value) is not int number || !fields.TryAdd(name, number)) return null;
        return new(parts[0], input, output, fields);
    }

    private static TensorShape? Shape(string part, string prefix)
    {
        if (!part.StartsWith(prefix, StringComparison.Ordinal)) return null;
        object?[] sizes = [.. part[prefix.Length..].Split('x').Select(size => (object?)(long?)Number(size))];
        if (!Extents.IsChannels(sizes[^1], out var channels)) return null;
        if (sizes.Length == 1) return new(channels, 1, 1);
        return sizes.Length == 3 && Extents.IsPixels(sizes[0], out var height) && Extents.IsPixels(sizes[1], out var width) ? new(channels, height, width) : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
