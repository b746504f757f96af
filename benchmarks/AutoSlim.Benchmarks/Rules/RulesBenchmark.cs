using System.CommandLine;
using AutoSlim.Benchmarks.Frame;
using AutoSlim.Benchmarks.Search;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Training.Data;
using AutoSlim.Training.Native;
using Spectre.Console;

namespace AutoSlim.Benchmarks.Rules;

/// <summary><c>rules</c>: which step rule finds the better network for which budget, on two data sets.</summary>
internal sealed class RulesBenchmark
{
    private const int HeldOut = 2000;
    private const int UnseenImages = 4000;
    private const ulong Seed = 1;

    private readonly Option<string?> data = new("--data") { HelpName = "DIR", Description = "CIFAR-10 folder. Default: CIFAR-10 is left out." };
    private readonly Option<string> work = new("--work") { HelpName = "DIR", Description = "Where the trained supernets stay; that of the search benchmark will do.", DefaultValueFactory = _ => Path.Combine("runs", "search") };
    private readonly Option<int> draws = new("--draws") { HelpName = "N", Description = "Searches by each rule, on other search images each.", DefaultValueFactory = _ => 5 };
    private readonly Option<int> images = new("--search-images") { HelpName = "N", Description = "Images that candidates are scored on.", DefaultValueFactory = _ => 250 };
    private readonly Option<int> epochs = new("--epochs") { HelpName = "N", Description = "Of a supernet's training.", DefaultValueFactory = _ => 6 };
    private readonly Option<int> threads = SharedOptions.Threads();

    public Command Command
    {
        get
        {
            var benchmark = new Command("rules", "The step rules 'paper' and 'ratio' against each other, by budget.") { data, work, draws, images, epochs, threads };
            benchmark.Validators.Add(result => Ranges.Check(result, draws, 1, 1000));
            benchmark.Validators.Add(result => Ranges.Check(result, images, 64, HeldOut));
            benchmark.Validators.Add(result => Ranges.Check(result, epochs, 1, 1000));
            benchmark.Validators.Add(result => Ranges.Check(result, threads, 1, 1024));
            return benchmark.Measures(RunAsync);
        }
    }

    private async Task<BenchmarkReport> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        TorchRuntime.Load(parsed.GetValue(threads));
        var console = StageConsole.For(parsed.InvocationConfiguration.Error);
        string?[] folders = parsed.GetValue(data) is string cifar ? [cifar, null] : [null];
        var rows = new List<RuleRow>();
        foreach (var folder in folders)
        {
            var prepared = Prepare(RunImages.LoadData(folder));
            var source = new SupernetSource(console, parsed.GetValue(work)!);
            using var network = await source.TrainAsync(prepared, SupernetSource.Options(parsed.GetValue(epochs)), startsFrom: null, cancellation);
            var subject = new SearchSubject(network, prepared.Split.Search, prepared.Test, prepared.Normalization, RuleRace.Budgets(network.Definition));
            var race = new RuleRace(console, folder is null ? "fashion-mnist" : "cifar10", subject, parsed.GetValue(images));
            rows.AddRange(await race.RunAsync(parsed.GetValue(draws), cancellation));
        }

        return new(new RuleFigures(rows), Table(rows));
    }

    private static RunImages Prepare(ImageData all)
    {
        var split = ImageSplit.HoldOut(all.Training, HeldOut, Seed);
        return new(split, all.Test.Take(Math.Min(UnseenImages, all.Test.Count)), Normalization.Of(split.Training), ImageIdentity.Of(all.Training));
    }

    private static Table Table(IReadOnlyList<RuleRow> rows)
    {
        var table = TerminalTable.Create("dataset, share of multiply-adds", "paper", "ratio", "ratio less paper", "spread");
        foreach (var row in rows)
            table.AddRow($"{row.Dataset}, {row.Share:0 %}", $"{row.Paper:0.0000}", $"{row.Ratio:0.0000}", $"{row.Difference:+0.0000;-0.0000}", row.Spread is double spread ? $"{spread:0.0000}" : "not measured");
        return table;
    }
}
