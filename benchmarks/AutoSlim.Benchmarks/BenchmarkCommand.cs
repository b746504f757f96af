using System.CommandLine;
using System.CommandLine.Help;
using AutoSlim.Benchmarks.Fleet;
using AutoSlim.Benchmarks.Memory;
using AutoSlim.Benchmarks.Quality;
using AutoSlim.Benchmarks.Rules;
using AutoSlim.Benchmarks.Search;
using AutoSlim.Benchmarks.Tables;
using AutoSlim.Benchmarks.Train;

namespace AutoSlim.Benchmarks;

/// <summary>The benchmarks by name. To add one, write a class with a <c>Command</c> that <see cref="Frame.Measuring.Measures"/>, and a line here.</summary>
internal static class BenchmarkCommand
{
    private static IEnumerable<Command> Benchmarks() =>
    [
        new SearchBenchmark().Command,
        new TrainBenchmark().Command,
        new QualityBenchmark().Command,
        new RulesBenchmark().Command,
        new MemoryBenchmark().Command,
        new TableBenchmark().Command,
        new FleetBenchmark().Command,
    ];

    public static Command Create()
    {
        var root = new Command("benchmarks", "Measures AutoSlim; the last line on stdout is one JSON object.") { new HelpOption() };
        foreach (var benchmark in Benchmarks()) root.Add(benchmark);
        return root;
    }
}
