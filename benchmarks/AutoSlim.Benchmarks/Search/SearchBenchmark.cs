using System.CommandLine;
using AutoSlim.Benchmarks.Frame;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Training.Data;
using AutoSlim.Training.Native;
using AutoSlim.Training.Optimisation;
using Spectre.Console;

namespace AutoSlim.Benchmarks.Search;

/// <summary><c>search</c>: the three ways of searching against an exhaustive search in plain PyTorch.</summary>
internal sealed class SearchBenchmark
{
    private const int SmallResolution = 32;
    private const int LargeResolution = 224;
    private const int HeldOut = 2000;

    /// <summary>Half of those held out, so that two draws differ.</summary>
    private const int MostSearchImages = HeldOut / 2;

    private const int SmallUnseenImages = 4000;
    private const int LargeTrainingImages = 1500;
    private const int LargeHeldOut = 200;
    private const int LargeUnseenImages = 500;
    private const ulong Seed = 1;

    private readonly Option<string> python = SharedOptions.Python();
    private readonly Option<int> threads = SharedOptions.Threads();
    private readonly Option<string?> data = new("--data") { HelpName = "DIR", Description = "Folder of images. Default: those that ship here." };
    private readonly Option<string> work = new("--work") { HelpName = "DIR", Description = "Where the trained supernets stay.", DefaultValueFactory = _ => Path.Combine("runs", "search") };
    private readonly Option<int[]> resolutions = new("--resolution") { HelpName = "N", Description = "Pixels; repeatable.", DefaultValueFactory = _ => [SmallResolution, LargeResolution] };
    private readonly Option<int> resamples = new("--resamples") { HelpName = "N", Description = "Searches on other images, exhaustive and fast, at each resolution.", DefaultValueFactory = _ => 5 };
    private readonly Option<int> images = new("--search-images") { HelpName = "N", Description = "Images that candidates are scored on, at the small resolution; an eighth at the large one.", DefaultValueFactory = _ => 400 };
    private readonly Option<int> epochs = new("--epochs") { HelpName = "N", Description = "Of the small supernet's training.", DefaultValueFactory = _ => 6 };

    public Command Command
    {
        get
        {
            var benchmark = new Command("search", "Searches on MobileNet v2 1.5x against exhaustive search in plain PyTorch.")
            {
                python, threads, data, work, resolutions, resamples, images, epochs,
            };
            benchmark.Validators.Add(result => Ranges.Check(result, threads, 1, 1024));
            benchmark.Validators.Add(result => Ranges.Check(result, resamples, 0, 1000));
            benchmark.Validators.Add(result => Ranges.Check(result, images, 64, MostSearchImages));
            benchmark.Validators.Add(result => Ranges.Check(result, epochs, 1, 1000));
            return benchmark.Measures(RunAsync);
        }
    }

    private async Task<BenchmarkReport> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        TorchRuntime.Load(parsed.GetValue(threads));
        var console = StageConsole.For(parsed.InvocationConfiguration.Error);
        var all = RunImages.LoadData(parsed.GetValue(data));
        var (figures, runtime) = (new List<ResolutionFigures>(), "");
        var source = new SupernetSource(console, parsed.GetValue(work)!);
        foreach (var resolution in parsed.GetValue(resolutions)!)
        {
            var large = resolution >= LargeResolution;
            var prepared = Prepare(all, resolution, large);
            if (large) (await source.TrainAsync(Prepare(all, SmallResolution, large: false), SmallOptions(parsed), startsFrom: null, cancellation)).Dispose();
            using var network = await source.TrainAsync(prepared, large ? LargeOptions : SmallOptions(parsed), large ? SmallResolution : null, cancellation);
            var subject = new SearchSubject(network, prepared.Split.Search, prepared.Test, prepared.Normalization, SearchSubject.PublishedBudgets(network.Definition));
            var race = new SearchRace(console, subject, parsed.GetValue(python)!, parsed.GetValue(threads))
            {
                SearchImages = large ? parsed.GetValue(images) / 8 : parsed.GetValue(images),
                TimedEvery = large ? 12 : 1,
                Resamples = parsed.GetValue(resamples),
            };
            figures.Add(await race.RunAsync(cancellation));
            runtime = race.Runtime;
        }

        return new(new SearchFigures(figures), Seconds(figures), Ratios(figures), Losses(figures)) { Baseline = runtime };
    }

    private TrainingOptions SmallOptions(ParseResult parsed) => SupernetSource.Options(parsed.GetValue(epochs));

    /// <summary>
    /// Short, on few images: a step at 224 pixels takes fifty times as long. By gradient descent from random weights the loss was
    /// 2.3 after a third of them, as for guesses, so it begins with the small one's.
    /// </summary>
    private static TrainingOptions LargeOptions => SupernetSource.Options(3) with { BatchSize = 32, LearningRate = 0.001 };

    /// <summary>Fewer and larger images at the large resolution.</summary>
    private static RunImages Prepare(ImageData all, int resolution, bool large)
    {
        var split = ImageSplit.HoldOut(all.Training, HeldOut, Seed);
        var (held, rest) = ((ImageSet)split.Search, (ImageSet)split.Training);
        var training = large ? First(rest, LargeTrainingImages) : rest;
        return new(
            new(Enlargement.Of(training, resolution), Enlargement.Of(First(held, large ? LargeHeldOut : HeldOut), resolution)),
            Enlargement.Of(First(all.Test, large ? LargeUnseenImages : SmallUnseenImages), resolution),
            Normalization.Of(training),
            ImageIdentity.Of(all.Training));
    }

    private static ImageSet First(ImageSet images, int count) => images.Take(Math.Min(count, images.Count));

    private static Table Seconds(IReadOnlyList<ResolutionFigures> figures)
    {
        var table = TerminalTable.Create("pixels", "PyTorch s", "exhaustive s", "shared s", "fast s");
        foreach (var row in figures)
            table.AddRow($"{row.Resolution}", $"{row.PytorchSeconds:0}", $"{row.ExhaustiveSeconds:0}", $"{row.SharedSeconds:0}", $"{row.FastSeconds:0.0}");
        return table;
    }

    private static Table Ratios(IReadOnlyList<ResolutionFigures> figures)
    {
        var table = TerminalTable.Create("pixels", "fast is x", "shared is x", "x of exhaustive", "decisions as exhaustive");
        foreach (var row in figures)
            table.AddRow(
                $"{row.Resolution}", $"{row.Ratio:0.0}", $"{row.SharedRatio:0.0}", $"{row.SharedRatioToExhaustive:0.00}",
                $"{(row.SharedIdentical ? "all" : "not all")} {row.TimedSteps}");
        return table;
    }

    private static Table Losses(IReadOnlyList<ResolutionFigures> figures)
    {
        var table = TerminalTable.Create("pixels, budget", "exhaustive loss", "fast loss", "difference", "spread of exhaustive", "mean difference");
        foreach (var row in figures)
            for (var budget = 0; budget < row.FastLoss.Count; budget++)
                table.AddRow(
                    $"{row.Resolution}, {budget + 1}", $"{row.ExhaustiveLoss[budget]:0.0000}", $"{row.FastLoss[budget]:0.0000}",
                    $"{row.FastLoss[budget] - row.ExhaustiveLoss[budget]:+0.0000;-0.0000}", row.Spread(budget) is double spread ? $"{spread:0.0000}" : "not measured",
                    $"{row.MeanLossDifference[budget]:+0.0000;-0.0000}");
        return table;
    }
}
