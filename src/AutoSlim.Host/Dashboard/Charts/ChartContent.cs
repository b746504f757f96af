using Plotly.Blazor;

namespace AutoSlim.Host.Dashboard.Charts;

/// <summary>What a chart shows, whatever its colours. Another content is drawn anew; the same one is left alone.</summary>
/// <param name="Traces">At least one.</param>
/// <param name="XTitle">With the unit.</param>
/// <param name="YTitle">With the unit.</param>
public sealed class ChartContent(IReadOnlyList<ITrace> Traces, string XTitle, string YTitle)
{
    public IReadOnlyList<ITrace> Traces { get; } = Traces;

    public string XTitle { get; } = XTitle;

    public string YTitle { get; } = YTitle;

    public int HeightPixels { get; init; } = 380;

    /// <summary>Whether the axes name things rather than measure.</summary>
    public bool NamesX { get; init; }

    /// <inheritdoc cref="NamesX"/>
    public bool NamesY { get; init; }
}
