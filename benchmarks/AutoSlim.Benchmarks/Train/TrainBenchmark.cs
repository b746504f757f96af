using System.CommandLine;
using AutoSlim.Benchmarks.Frame;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Training.Native;
using Spectre.Console;

namespace AutoSlim.Benchmarks.Train;

/// <summary><c>train</c>: sandwich steps a second, against the same loop in plain PyTorch and against what the layers reach alone.</summary>
internal sealed class TrainBenchmark
{
    private readonly Option<string> python = SharedOptions.Python();
    private readonly Option<int> threads = SharedOptions.Threads();
    private readonly Option<int> rounds = new("--rounds") { HelpName = "N", Description = "Timed rounds of each side.", DefaultValueFactory = _ => 9 };

    private readonly Option<string[]> layouts = new("--layout") { HelpName = "NAME", Description = "imagenet or cifar; repeatable.", DefaultValueFactory = _ => [.. StrideLayoutWords.All] };

    public Command Command
    {
        get
        {
            var benchmark = new Command("train", "Sandwich steps of MobileNet v2 1.5x against plain PyTorch.") { python, threads, rounds, layouts };
            layouts.AcceptOnlyFromAmong([.. StrideLayoutWords.All]);
            benchmark.Validators.Add(result => Ranges.Check(result, threads, 1, 1024));
            benchmark.Validators.Add(result => Ranges.Check(result, rounds, 1, 1000));
            return benchmark.Measures(RunAsync);
        }
    }

    private async Task<BenchmarkReport> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        TorchRuntime.Load(parsed.GetValue(threads));
        var console = StageConsole.For(parsed.InvocationConfiguration.Error);
        var figures = new List<LayoutFigures>();
        var runtime = "";
        foreach (var layout in parsed.GetValue(layouts)!.Select(word => StrideLayoutWords.Parse(word)!.Value))
        {
            var race = new LayoutRace(console, parsed.GetValue(python)!, parsed.GetValue(threads), parsed.GetValue(rounds), StepsPerRound(layout));
            figures.Add(await race.RunAsync(layout, cancellation));
            runtime = race.Runtime;
        }

        return new(TrainFigures.Of(figures), [Speeds(figures), .. figures.Select(Layers)]) { Baseline = runtime };
    }

    /// <summary>For rounds of seconds: the cifar layout has sixteen times the multiply-adds.</summary>
    private static int StepsPerRound(StrideLayout layout) => layout == StrideLayout.Cifar ? 2 : 6;

    private static Table Speeds(IReadOnlyList<LayoutFigures> figures)
    {
        var table = TerminalTable.Create("layout", "images/s", "PyTorch", "ratio", "processor time", "of the limit", "loss difference");
        foreach (var row in figures)
            table.AddRow(row.Layout, $"{row.ImagesPerSecond:0}", $"{row.PytorchImagesPerSecond:0}", $"{row.Ratio:0.00}", $"{row.ProcessorTimeRatio:0.00}", $"{row.LimitFraction:0.00}", $"{row.FirstStepLossDifference:0.0e0}");
        return table;
    }

    private static Table Layers(LayoutFigures figures)
    {
        var table = TerminalTable.Create($"{figures.Layout}, one step", "M multiply-adds", "ms alone", "ms at best");
        foreach (var kind in figures.Layers)
            table.AddRow(kind.Kind, $"{kind.MegaMultiplyAdds:0}", $"{kind.OwnMilliseconds:0.0}", $"{kind.BestMilliseconds:0.0}");
        table.AddRow("batch norm and activation", "", $"{figures.NormalisationMilliseconds:0.0}", "");
        var rest = figures.StepMilliseconds - figures.Layers.Sum(kind => kind.OwnMilliseconds) - figures.NormalisationMilliseconds;
        return table.AddRow("all else", "", $"{rest:0.0}", "").AddRow("step", "", $"{figures.StepMilliseconds:0.0}", "");
    }
}
