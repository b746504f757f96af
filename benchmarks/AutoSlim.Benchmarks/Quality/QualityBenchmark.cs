using System.CommandLine;
using AutoSlim.Benchmarks.Frame;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Training.Native;
using Spectre.Console;

namespace AutoSlim.Benchmarks.Quality;

/// <summary><c>quality</c>: test accuracy of AutoSlim's networks against uniform ones of equal multiply-adds and equal measured latency.</summary>
internal sealed class QualityBenchmark
{
    private static readonly QualitySettings Defaults = QualitySettings.Usual;
    private static readonly string[] AllNetworks = [MobileNetV2.Name, MobileNetV1.Name];

    private readonly Option<string?> data = new("--data") { HelpName = "DIR", Description = "CIFAR-10 folder. Default: CIFAR-10 is left out." };
    private readonly Option<string?> fashion = new("--fashion") { HelpName = "DIR", Description = "Fashion-MNIST folder. Default: the embedded images." };
    private readonly Option<string[]> networks = new("--network") { HelpName = "NAME", Description = "Network to compare; repeatable.", DefaultValueFactory = _ => AllNetworks };
    private readonly Option<string[]> datasets = new("--dataset") { HelpName = "NAME", Description = "Dataset to compare on; repeatable. Default: all that are there." };
    private readonly Option<int> seeds = new("--seeds") { HelpName = "N", Description = "Seeds, the outermost loop.", DefaultValueFactory = _ => 5 };
    private readonly Option<int> trainingImages = new("--training-images") { HelpName = "N", Description = "Training images used; 0 takes all.", DefaultValueFactory = _ => Defaults.TrainingImages };
    private readonly Option<int> searchImages = new("--search-images") { HelpName = "N", Description = "Of these, images held out for the search.", DefaultValueFactory = _ => Defaults.SearchImages };
    private readonly Option<int> supernetEpochs = new("--supernet-epochs") { HelpName = "N", Description = "Epochs of each supernet.", DefaultValueFactory = _ => Defaults.SupernetEpochs };
    private readonly Option<int> randomMembers = new("--random-members") { HelpName = "N", Description = "Random networks of each of its steps.", DefaultValueFactory = _ => Defaults.RandomMembers };
    private readonly Option<int> finalEpochs = new("--final-epochs") { HelpName = "N", Description = "Epochs from scratch.", DefaultValueFactory = _ => Defaults.FinalEpochs };
    private readonly Option<int> fineTuneEpochs = new("--fine-tune-epochs") { HelpName = "N", Description = "Epochs from the supernet's weights.", DefaultValueFactory = _ => Defaults.FineTuneEpochs };
    private readonly Option<double?> minutes = new("--minutes") { HelpName = "LIMIT", Description = "Stops when the time is over; a later run goes on." };
    private readonly Option<string> work = new("--work") { HelpName = "DIR", Description = "Scratch folder; what it holds is not made again.", DefaultValueFactory = _ => Path.Combine("runs", "quality") };
    private readonly Option<int> threads = SharedOptions.Threads();

    public Command Command
    {
        get
        {
            var benchmark = new Command("quality", "Accuracy against uniform width at equal multiply-adds and at equal measured latency; takes hours.")
            {
                data, fashion, networks, datasets, seeds, trainingImages, searchImages, supernetEpochs, randomMembers, finalEpochs, fineTuneEpochs, minutes, work, threads,
            };
            networks.AcceptOnlyFromAmong([.. NetworkCatalog.Names]);
            datasets.AcceptOnlyFromAmong(Dataset.Cifar10, Dataset.FashionMnist);
            benchmark.Validators.Add(result => Ranges.Check(result, seeds, 1, 1000));
            benchmark.Validators.Add(result => Ranges.Check(result, trainingImages, 0, int.MaxValue));
            benchmark.Validators.Add(result => Ranges.Check(result, searchImages, 10, 1_000_000));
            benchmark.Validators.Add(result => Ranges.Check(result, supernetEpochs, 1, 10_000));
            benchmark.Validators.Add(result => Ranges.Check(result, randomMembers, 1, WidthSampler.MostRandomMembers));
            benchmark.Validators.Add(result => Ranges.Check(result, finalEpochs, 1, 10_000));
            benchmark.Validators.Add(result => Ranges.Check(result, fineTuneEpochs, 1, 10_000));
            benchmark.Validators.Add(result => Ranges.Check(result, minutes, 0.1, 1e5));
            benchmark.Validators.Add(result => Ranges.Check(result, threads, 1, 1024));
            return benchmark.Measures(RunAsync);
        }
    }

    private async Task<BenchmarkReport> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (options, notices) = (Options(parsed), parsed.InvocationConfiguration.Error);
        TorchRuntime.Load(options.Threads);
        var results = await new QualityRun(options, new(BenchmarkFolders.Log("quality")), StageConsole.For(notices), notices).RunAsync(cancellation);
        var rows = QualityRow.Of(results);
        return new(QualityFigures.Of(options.Settings, rows), Tables(rows));
    }

    private QualityOptions Options(ParseResult parsed) => new()
    {
        Datasets = Datasets(parsed),
        Networks = parsed.GetValue(networks)!,
        Work = parsed.GetValue(work)!,
        Seeds = parsed.GetValue(seeds),
        Limit = parsed.GetValue(minutes) is double limit ? TimeSpan.FromMinutes(limit) : null,
        Threads = parsed.GetValue(threads),
        Settings = Defaults with
        {
            TrainingImages = parsed.GetValue(trainingImages),
            SearchImages = parsed.GetValue(searchImages),
            SupernetEpochs = parsed.GetValue(supernetEpochs),
            RandomMembers = parsed.GetValue(randomMembers),
            FinalEpochs = parsed.GetValue(finalEpochs),
            FineTuneEpochs = parsed.GetValue(fineTuneEpochs),
        },
    };

    private IReadOnlyList<Dataset> Datasets(ParseResult parsed)
    {
        var all = new List<Dataset> { new(Dataset.FashionMnist, FullPath(parsed.GetValue(fashion))) };
        if (parsed.GetValue(data) is string cifar) all.Insert(0, new(Dataset.Cifar10, FullPath(cifar)));
        var wanted = parsed.GetValue(datasets) is { Length: > 0 } names ? all.Where(dataset => names.Contains(dataset.Name)).ToList() : all;
        return wanted.Count > 0 ? wanted : throw new UsageException($"--dataset {Dataset.Cifar10} needs its folder; give it with --data DIR");
    }

    private static string? FullPath(string? folder) => folder is null ? null : Path.GetFullPath(folder);

    private static IReadOnlyList<Table> Tables(IReadOnlyList<QualityRow> rows) =>
    [
        .. rows.GroupBy(row => (row.Dataset, row.Network, row.From)).Select(group =>
        {
            var table = TerminalTable.Create($"{group.Key.Dataset}, {group.Key.Network}, from {group.Key.From}", "AutoSlim", "uniform", "difference", "cost", "seeds");
            foreach (var row in group)
                table.AddRow(row.Budget, $"{row.Autoslim:0.0 %}", $"{row.Uniform:0.0 %}", $"{Math.Round(100 * row.Difference, 1):+0.0;-0.0;0.0}{(row.Spread is double spread ? $" ± {100 * spread:0.0}" : "")}", $"{row.CostRatio:0.000}", $"{row.Seeds}");
            return table;
        }),
    ];
}
