using Plotly.Blazor;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.LayoutLib.LegendLib;
using Plotly.Blazor.Traces.ScatterLib.MarkerLib;
using XAutoMargin = Plotly.Blazor.LayoutLib.XAxisLib.AutoMarginFlag;
using XType = Plotly.Blazor.LayoutLib.XAxisLib.TypeEnum;
using YAutoMargin = Plotly.Blazor.LayoutLib.YAxisLib.AutoMarginFlag;
using YType = Plotly.Blazor.LayoutLib.YAxisLib.TypeEnum;

namespace AutoSlim.Host.Dashboard.Charts;

/// <summary>How charts look beside the page's own colours.</summary>
internal static class ChartStyle
{
    /// <summary>Of what is there to be compared with.</summary>
    public const string Behind = "#9aa3b5";

    private const string Fonts = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif";
    private const string Clear = "rgba(0,0,0,0)";

    /// <summary>Told apart without red and green (Okabe and Ito 2008), the first for what was slimmed.</summary>
    public static readonly string[] Colours = ["#0072B2", "#E69F00"];

    /// <summary>Of devices.</summary>
    public static readonly SymbolEnum[] Symbols = [SymbolEnum.Circle, SymbolEnum.Square, SymbolEnum.Diamond, SymbolEnum.TriangleUp, SymbolEnum.Cross];

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
            Legend = [new() { Orientation = OrientationEnum.H, X = 0, Y = 1, YAnchor = YAnchorEnum.Bottom }],
            XAxis = [new() { Title = new() { Text = content.XTitle }, GridColor = grid, ZeroLineColor = grid, FixedRange = true, AutoMargin = XAutoMargin.True, ShowGrid = !content.NamesX, Type = content.NamesX ? XType.Category : XType.Linear }],
            YAxis = [new() { Title = new() { Text = content.YTitle }, GridColor = grid, ZeroLineColor = grid, FixedRange = true, AutoMargin = YAutoMargin.True, ShowGrid = !content.NamesY, Type = content.NamesY ? YType.Category : YType.Linear }],
        };
    }
}
