using AutoSlim.Costs;
using AutoSlim.Networks;
using nietras.SeparatedValues;

namespace AutoSlim.Host.Commands.Tables;

/// <summary>One row for each entry; what an entry has not is empty.</summary>
internal static class TableCsv
{
    private static readonly Sep Comma = Sep.New(',');

    public static string Of(CostTable table)
    {
        using var writer = Comma.Writer(options => options with { Escape = true }).ToText();
        foreach (var (name, measurement) in table.Measurements)
        {
            using var row = writer.NewRow();
            row["entry"].Set(name);
            Describe(row, ProbeEntry.OperatorNamed(name));
            row["medianMicroseconds"].Format(measurement.MedianMicroseconds);
            row["lowerMicroseconds"].Format(measurement.LowerMicroseconds);
            row["upperMicroseconds"].Set(double.IsFinite(measurement.UpperMicroseconds) ? FormattableString.Invariant($"{measurement.UpperMicroseconds}") : "");
            row["samples"].Format(measurement.Samples);
            row["dropped"].Format(measurement.Dropped);
            row["status"].Set($"{measurement.Status}");
        }

        return writer.ToString();
    }

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
