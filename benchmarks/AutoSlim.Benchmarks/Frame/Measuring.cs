using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using AutoSlim.Files;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Terminal;

namespace AutoSlim.Benchmarks.Frame;

/// <summary>How a benchmark tells what it found: tables, its file in results/, and as the last line on stdout the same as one JSON object.</summary>
internal static class Measuring
{
    private static readonly JsonSerializerOptions OneLine = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(OneLine) { WriteIndented = true };

    /// <summary>Runs <paramref name="work"/>, which ends with a report or by an exception that <see cref="CommandRunner"/> knows.</summary>
    public static Command Measures(this Command benchmark, Func<ParseResult, CancellationToken, Task<BenchmarkReport>> work) =>
        benchmark.Runs(async (parsed, cancellation) => Tell(benchmark.Name, await work(parsed, cancellation), parsed.InvocationConfiguration.Output));

    private static void Tell(string name, BenchmarkReport report, TextWriter output)
    {
        var console = TerminalOutput.For(output);
        foreach (var table in report.Tables) console.Write(table);
        var result = JsonSerializer.SerializeToNode(report.Figures, report.Figures.GetType(), OneLine)!.AsObject();
        result["machine"] = JsonSerializer.SerializeToNode(MachineDescription.OfThis(report.Baseline, TimeProvider.System.GetUtcNow()), OneLine);
        WholeFile.WriteText(BenchmarkFolders.Result(name), result.ToJsonString(Indented) + "\n");
        output.WriteLine(result.ToJsonString(OneLine));
    }
}
