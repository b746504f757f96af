using System.CommandLine;
using AutoSlim.Benchmarks.Frame;
using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using Spectre.Console;

namespace AutoSlim.Benchmarks.Tables;

/// <summary><c>table</c>: how well cost tables predict whole networks, how well they repeat, and what they cost.</summary>
internal sealed class TableBenchmark
{
    private static readonly string[] AllNetworks = [MobileNetV2.Name, MobileNetV1.Name, MnasNet.Name, ResNet50.Name];

    private readonly Option<string[]> networks = new("--network") { HelpName = "NAME", Description = "Network to predict; repeatable. The first one's table is measured again.", DefaultValueFactory = _ => AllNetworks };
    private readonly Option<int> resolution = new("--resolution") { HelpName = "PIXELS", Description = "Of the images.", DefaultValueFactory = _ => 224 };
    private readonly Option<int> configurations = new("--configurations") { HelpName = "N", Description = "Random configurations of each network.", DefaultValueFactory = _ => 40 };
    private readonly Option<int> seed = new("--seed") { HelpName = "N", Description = "Draws the configurations.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> work = new("--work") { HelpName = "DIR", Description = "Where tables stay; what they hold is not measured again, nor counted as device time.", DefaultValueFactory = _ => Path.Combine("runs", "table") };

    public Command Command
    {
        get
        {
            var benchmark = new Command("table", "Predicted against measured latency of random networks, and how tables repeat.") { networks, resolution, configurations, seed, work };
            networks.AcceptOnlyFromAmong([.. NetworkCatalog.Names]);
            benchmark.Validators.Add(result => Ranges.Check(result, resolution, 32, 1024));
            benchmark.Validators.Add(result => Ranges.Check(result, configurations, 1, 10_000));
            benchmark.Validators.Add(result => Ranges.Check(result, seed, 0, int.MaxValue));
            return benchmark.Measures(RunAsync);
        }
    }

    private async Task<BenchmarkReport> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var notices = parsed.InvocationConfiguration.Error;
        var (console, folder, chosen) = (StageConsole.For(notices), parsed.GetValue(work)!, (ulong)parsed.GetValue(seed));
        await using var session = await DeviceSession.OpenAsync(DeviceSession.LocalDevice, new(), notices, cancellation);
        var definitions = parsed.GetValue(networks)!.Select(name => NetworkCatalog.Create(new(name, StrideLayout.Imagenet, parsed.GetValue(resolution)))).ToList();
        var rows = new List<NetworkRow>();
        foreach (var definition in definitions)
            rows.Add(await new NetworkTrial(console, notices, session.Device, Path.Combine(folder, "tables")).RunAsync(definition, parsed.GetValue(configurations), chosen, cancellation));

        var table = CostTableFile.Read(CostTableFile.PathFor(Path.Combine(folder, "tables"), session.Device.Name, session.Device.Description));
        var overhead = await new AgentOverhead(console, session.Device).MeasureAsync(definitions[0], table, cancellation);
        var again = await RepeatAsync("again");
        using var hog = new Hog();
        var loaded = await RepeatAsync("loaded");
        return Report(new(
            parsed.GetValue(resolution), table.Alignment, rows, again.MedianPercent, loaded.MedianPercent, again.DropPercent, loaded.DropPercent, overhead, rows[0].DeviceMinutes));

        Task<Repetition> RepeatAsync(string name) =>
            Repetition.MeasureAsync(console, notices, definitions[0], session.Device, table, Fresh(Path.Combine(folder, name)), chosen + 1, cancellation);
    }

    private static string Fresh(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return folder;
    }

    private static BenchmarkReport Report(TableFigures figures)
    {
        var errors = TerminalTable.Create($"{figures.Resolution} pixels", "n", "mean error", "worst", "within 10 %", "bound", "covers", "lone sum", "scale only", "macs only", "device min");
        foreach (var row in figures.Networks)
            errors.AddRow(row.Network, $"{row.N}", $"{row.MeanErrorPercent:0.0} %", $"{row.WorstErrorPercent:0.0} %", $"{row.Within10Percent:0} %", $"{row.BoundPercent:0.0} %", $"{row.CoveragePercent:0} %",
                $"{row.SumErrorPercent:0.0} %", $"{row.ScaleErrorPercent:0.0} %", $"{row.MacsErrorPercent:0.0} %", $"{row.DeviceMinutes:0.0}");
        var repeats = TerminalTable.Create("the first table again", "median difference", "samples dropped");
        repeats.AddRow("quiet", Percent(figures.RepeatPercent), Percent(figures.RepeatDropPercent)).AddRow("another process on a core", Percent(figures.RepeatLoadedPercent), Percent(figures.RepeatLoadedDropPercent));
        var overhead = TerminalTable.Create("the agent", "slower than a bare loop");
        overhead.AddRow("median model", Percent(figures.AgentOverheadPercent));
        return new(figures, errors, repeats, overhead);
    }

    private static string Percent(double? value) => value is double percent ? $"{percent:0.00} %" : "too busy";
}
