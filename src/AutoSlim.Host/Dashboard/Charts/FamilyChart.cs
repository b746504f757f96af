using AutoSlim.Costs.Review;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;

namespace AutoSlim.Host.Dashboard.Charts;

/// <summary>What an operator costs by its widths: a heat map, or a line where input and output are one number.</summary>
internal static class FamilyChart
{
    /// <summary>Beyond this numbers no longer fit into the cells.</summary>
    private const int MostNumberedColumns = 10;
    private const int RowPixels = 26;
    private const int FramePixels = 150;

    public static ChartContent Of(OperatorFamily family) => family.Cells[0].Signature.KeepsChannels ? Line(family) : Map(family);

    private static ChartContent Map(OperatorFamily family)
    {
        var (inputs, outputs) = (family.InputWidths, family.OutputWidths);
        var cells = family.Cells.ToDictionary(cell => (cell.Signature.Input.Channels, cell.Signature.OutputChannels), cell => cell.PriceMicroseconds);
        var map = new HeatMap
        {
            X = [.. outputs.Select(width => (object)$"{width}")],
            Y = [.. inputs.Select(width => (object)$"{width}")],
            Z = [.. inputs.Select(input => (object)outputs.Select(output => cells.GetValueOrDefault((input, output))).ToArray())],
            ColorScale = "Viridis",
            ColorBar = new() { Title = new() { Text = "µs" }, Thickness = 14 },
            XGap = 1,
            YGap = 1,
            HoverOnGaps = false,
            HoverTemplate = "%{y} to %{x} channels: %{z:.3~g} µs<extra></extra>",
            TextTemplate = outputs.Count <= MostNumberedColumns ? "%{z:.3~g}" : null,
        };
        return new([map], "output channels", "input channels") { NamesX = true, NamesY = true, HeightPixels = Math.Max(320, FramePixels + RowPixels * inputs.Count) };
    }

    private static ChartContent Line(OperatorFamily family)
    {
        var priced = family.Cells.Where(cell => cell.PriceMicroseconds is not null).ToList();
        var line = new Scatter
        {
            X = [.. priced.Select(cell => (object)cell.Signature.Input.Channels)],
            Y = [.. priced.Select(cell => (object)cell.PriceMicroseconds!.Value)],
            Mode = ModeFlag.Lines | ModeFlag.Markers,
            Line = new() { Color = ChartStyle.Colours[0] },
            HoverTemplate = "%{x} channels: %{y:.3~g} µs<extra></extra>",
        };
        return new([line], "channels", "price [µs]");
    }
}
