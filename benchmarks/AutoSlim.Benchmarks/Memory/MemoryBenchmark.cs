using System.CommandLine;
using AutoSlim.Benchmarks.Frame;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Terminal;
using AutoSlim.Training.Native;
using Spectre.Console;

namespace AutoSlim.Benchmarks.Memory;

/// <summary><c>memory</c>: whether long trainings and searches stay at the memory that they begin with.</summary>
internal sealed class MemoryBenchmark
{
    private const int Looks = 10;

    private readonly Option<int> steps = new("--steps") { HelpName = "N", Description = "Sandwich steps, and steps of searches.", DefaultValueFactory = _ => 1000 };
    private readonly Option<int> threads = SharedOptions.Threads();

    public Command Command
    {
        get
        {
            var benchmark = new Command("memory", "Live tensors and resident memory over a long training and long searches.") { steps, threads };
            benchmark.Validators.Add(result => Ranges.Check(result, steps, Looks, 10_000_000));
            benchmark.Validators.Add(result => Ranges.Check(result, threads, 1, 1024));
            return benchmark.Measures(RunAsync);
        }
    }

    private async Task<BenchmarkReport> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        TorchRuntime.Load(parsed.GetValue(threads));
        var (console, count) = (StageConsole.For(parsed.InvocationConfiguration.Error), parsed.GetValue(steps));
        List<MemorySample> training = [], search = [];
        using var workload = new MemoryWorkload();
        await console.RunStageAsync("train", count, "steps", report => Task.Run(() => workload.Train(count, Look(training, count / Looks, report), cancellation), cancellation));
        await console.RunStageAsync("search", count, "steps", report => Task.Run(() => workload.Search(count, Look(search, count / Looks, report), cancellation), cancellation));
        return new(MemoryFigures.Of(training, search), Samples("training step", training), Samples("search step", search));
    }

    private static Action<int> Look(List<MemorySample> samples, int interval, StageReport report) => step =>
    {
        if (step > 0 && step % interval == 0) samples.Add(MemorySample.Take(step));
        report(step, samples.Count > 0 ? $"{samples[^1].LiveTensors} tensors, {samples[^1].ResidentMegabytes} MB" : "");
    };

    private static Table Samples(string name, IReadOnlyList<MemorySample> samples)
    {
        var table = TerminalTable.Create(name, "live tensors", "resident MB");
        foreach (var sample in samples) table.AddRow($"{sample.Step}", $"{sample.LiveTensors}", $"{sample.ResidentMegabytes}");
        return table;
    }
}
