using AutoSlim.Costs;
using AutoSlim.Networks;
using nietras.SeparatedValues;

namespace AutoSlim.Host.Commands.Tables;

/// <summary>One row for each entry; what an entry has not is empty. The columns of memory are there where some was measured.</summary>
internal static class TableCsv
{
    private static readonly Sep Comma = Sep.New(',');

    public static string Of(CostTable table)
    {
        using var writer = Comma.Writer(options => options with { Escape = true }).ToText();
        foreach (var name in table.Measurements.Keys.Union(table.Memories.Keys).Order(StringComparer.Ordinal))
        {
            using var row = writer.NewRow();
            row["entry"].Set(name);
            Describe(row, ProbeEntry.OperatorNamed(name));
            Describe(row, table.Measurements.GetValueOrDefault(name));
            if (table.Memories.Count > 0) Describe(row, table.Memories.GetValueOrDefault(name));
        }

        return writer.ToString();
    }

    private static void Describe(SepWriter.Row row, Measurement? measurement)
    {
        row["medianMicroseconds"].Set(Text(measurement?.MedianMicroseconds));
        row["lowerMicroseconds"].Set(Text(measurement?.LowerMicroseconds));
        row["upperMicroseconds"].Set(Text(measurement?.UpperMicroseconds));
        row["samples"].Set($"{measurement?.Samples}");
        row["dropped"].Set($"{measurement?.Dropped}");
        row["status"].Set($"{measurement?.Status}");
        row["rounds"].Set($"{measurement?.Rounds}");
    }

    private static void Describe(SepWriter.Row row, NetworkMemory? memory)
    {
        row["peakBytes"].Set($"{memory?.PeakBytes}");
        row["loadedBytes"].Set($"{memory?.LoadedBytes}");
    }

    private static string Text(double? microseconds) => microseconds is double value && double.IsFinite(value) ? FormattableString.Invariant($"{value}") : "";

    private static void Describe(SepWriter.Row row, LayerSignature? signature)
    {
        row["operator"].Set($"{signature?.Kind}");
        row["inputChannels"].Set($"{signature?.Input.Channels}");
        row["height"].Set($"{signature?.Input.Height}");
        row["width"].Set($"{signature?.Input.Width}");
        row["outputChannels"].Set($"{signature?.OutputChannels}");
        row["kernel"].Set($"{signature?.Kernel}");
        row["stride"].Set($"{signature?.Stride}");
        row["multiplyAdds"].Set($"{signature?.MultiplyAdds}");
    }
}
