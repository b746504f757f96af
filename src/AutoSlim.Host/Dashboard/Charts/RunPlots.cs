using AutoSlim.Host.Dashboard.Reading;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;

namespace AutoSlim.Host.Dashboard.Charts;

/// <summary>What a run came to, drawn.</summary>
internal static class RunPlots
{
    private const double PerMillion = 1e-6;

    /// <summary>The held-out score over a cost, step by step, from the widest network on.</summary>
    /// <param name="steps">At least one.</param>
    /// <param name="cost">One that the steps have.</param>
    /// <param name="chosen">The networks to mark, by name.</param>
    public static ChartContent Curve(IReadOnlyList<SlimmingStep> steps, string cost, IReadOnlyList<NetworkView> chosen)
    {
        var (unit, scale) = UnitOf(cost);
        var traces = new List<ITrace>
        {
            new Scatter
            {
                Name = "search",
                X = [.. steps.Select(step => (object)(step.Cost[cost] * scale))],
                Y = [.. steps.Select(step => (object)step.ScoreValue)],
                TextArray = [.. steps.Select(step => step.Chosen.Length == 0 ? "widest" : $"step {step.Step}: {step.Chosen}")],
                Mode = ModeFlag.Lines | ModeFlag.Markers,
                Line = new() { Color = ChartStyle.Colours[0] },
                Marker = new() { Size = 4 },
                ShowLegend = false,
                HoverTemplate = "%{text}<br>%{x:.4~g}, %{y:.4~g}<extra></extra>",
            },
        };
        foreach (var (network, step) in chosen.Select(network => (network, steps.FirstOrDefault(step => step.Configuration.Equals(network.Channels)))).Where(pair => pair.Item2 is not null))
            traces.Add(Point(network.Name, step!.Cost[cost] * scale, step.ScoreValue, ChartStyle.Colours[1]));
        return new(traces, $"{cost} [{unit}]", $"held-out {steps[0].Score.Keys.Single()}");
    }

    /// <summary>The widest network's channels behind those of the chosen one, group by group.</summary>
    public static ChartContent Profile(NetworkDefinition definition, ChannelConfiguration chosen)
    {
        IReadOnlyList<ITrace> bars = [Bars("widest", definition, definition.Widest, ChartStyle.Behind), Bars("chosen", definition, chosen, ChartStyle.Colours[0])];
        return new(bars, "channel group", "channels") { NamesX = true, HeightPixels = 320 };
    }

    /// <summary>What devices measured is never one series: milliseconds of one say nothing of another's.</summary>
    /// <param name="networks">Verified ones.</param>
    public static ChartContent Accuracy(IReadOnlyList<NetworkView> networks)
    {
        var devices = networks.Select(network => network.Verification!.Device).Distinct().ToList();
        var series = devices.SelectMany((_, index) => new[] { (Index: index, IsUniform: false), (Index: index, IsUniform: true) });
        return new(
            [.. series.Select(each => Points(Series(each.IsUniform, devices, each.Index), Of(networks, devices[each.Index], each.IsUniform), each)).Where(points => points.X.Count > 0)],
            devices is [string only] ? $"latency on {only} [ms]" : "measured latency [ms]", "top-1 on the test split [%]");
    }

    private static string Series(bool isUniform, IReadOnlyList<string?> devices, int device) =>
        $"{(isUniform ? "uniform" : "slimmed")}{(devices.Count > 1 ? $" on {devices[device] ?? "a device that is not known"}" : "")}";

    private static IReadOnlyList<NetworkView> Of(IReadOnlyList<NetworkView> networks, string? device, bool isUniform) =>
        [.. networks.Where(network => network.Verification!.Device == device && network.IsUniform == isUniform)];

    /// <summary>In which people read a cost, and what to multiply it with.</summary>
    private static (string Unit, double Scale) UnitOf(string cost) => cost switch
    {
        _ when cost.StartsWith("latency@", StringComparison.Ordinal) => ("ms", 1),
        "macs" => ("million multiply-adds", PerMillion),
        "params" => ("million", PerMillion),
        "paper-memory" => ("million", PerMillion),
        _ => ("MB", PerMillion),
    };

    private static Bar Bars(string name, NetworkDefinition definition, ChannelConfiguration channels, string colour) => new()
    {
        Name = name,
        X = [.. definition.Groups.Select(group => (object)group.Name)],
        Y = [.. definition.Groups.Select(group => (object)channels[group.Name])],
        Marker = new() { Color = colour },
        HoverTemplate = $"%{{x}}: %{{y}} {name}<extra></extra>",
    };

    /// <summary>A colour for the slimmed and one for the uniform, a symbol for each device.</summary>
    private static Scatter Points(string name, IReadOnlyList<NetworkView> networks, (int Device, bool IsUniform) series) => new()
    {
        Name = name,
        X = [.. networks.Select(network => (object)network.Verification!.MeasuredMilliseconds)],
        Y = [.. networks.Select(network => (object)(100 * network.Verification!.Accuracy))],
        TextArray = [.. networks.Select(network => network.Name)],
        Mode = ModeFlag.Markers | ModeFlag.Text,
        TextPosition = TextPositionEnum.TopCenter,
        ClipOnAxis = false,
        Marker = new() { Color = ChartStyle.Colours[series.IsUniform ? 1 : 0], Symbol = ChartStyle.Symbols[series.Device % ChartStyle.Symbols.Length], Size = 10 },
        HoverTemplate = "%{text}: %{x:.3f} ms, %{y:.2f} %<extra></extra>",
    };

    private static Scatter Point(string name, double x, double y, string colour) => new()
    {
        Name = name,
        X = [x],
        Y = [y],
        TextArray = [name],
        Mode = ModeFlag.Markers | ModeFlag.Text,
        TextPosition = TextPositionEnum.TopCenter,
        ClipOnAxis = false,
        Marker = new() { Color = colour, Size = 10 },
        ShowLegend = false,
        HoverTemplate = $"{name}: %{{x:.4~g}}, %{{y:.4~g}}<extra></extra>",
    };
}
