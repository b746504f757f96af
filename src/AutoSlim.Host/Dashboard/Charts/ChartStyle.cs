using Plotly.Blazor;
using Plotly.Blazor.LayoutLib;

namespace AutoSlim.Host.Dashboard.Charts;

/// <summary>How charts look beside the page's own colours.</summary>
internal static class ChartStyle
{
    private const string Fonts = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif";
    private const string Clear = "rgba(0,0,0,0)";

    /// <summary>Told apart without red and green (Okabe and Ito 2008), the first for what was slimmed.</summary>
    public static readonly string[] Colours = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"];

    public static Layout Layout(ChartContent content, bool isDark)
    {
        var (ink, grid) = isDark ? ("#e8eaf2", "#343a4a") : ("#1b1f2a", "#dfe2ea");
        return new()
        {
            AutoSize = true,
            PaperBgColor = Clear,
            PlotBgColor = Clear,
            Font = new() { Family = Fonts, Color = ink, Size = 12 },
            Margin = new() { L = 64, R = 32, T = 32, B = 56 },
            HoverMode = HoverModeEnum.Closest,
            DragMode = DragModeEnum.False,
            BarMode = BarModeEnum.Overlay,
            Legend = [new() { Orientation = Plotly.Blazor.LayoutLib.LegendLib.OrientationEnum.H, X = 0, Y = 1, YAnchor = Plotly.Blazor.LayoutLib.LegendLib.YAnchorEnum.Bottom }],
            XAxis = [new() { Title = new() { Text = content.XTitle }, GridColor = grid, ZeroLineColor = grid, FixedRange = true, AutoMargin = Plotly.Blazor.LayoutLib.XAxisLib.AutoMarginFlag.True, ShowGrid = !content.NamesX, Type = content.NamesX ? Plotly.Blazor.LayoutLib.XAxisLib.TypeEnum.Category : Plotly.Blazor.LayoutLib.XAxisLib.TypeEnum.Linear }],
            YAxis = [new() { Title = new() { Text = content.YTitle }, GridColor = grid, ZeroLineColor = grid, FixedRange = true, AutoMargin = Plotly.Blazor.LayoutLib.YAxisLib.AutoMarginFlag.True, ShowGrid = !content.NamesY, Type = content.NamesY ? Plotly.Blazor.LayoutLib.YAxisLib.TypeEnum.Category : Plotly.Blazor.LayoutLib.YAxisLib.TypeEnum.Linear }],
        };
    }
}
