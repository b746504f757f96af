using AutoSlim.Host.Terminal;
using Spectre.Console;

namespace AutoSlim.Host.Report;

/// <summary>What a demo run prints at its end.</summary>
public static class SummaryTable
{
    public static void Write(TextWriter output, DemoSummary summary)
    {
        var console = TerminalOutput.For(output);
        console.WriteLine(Headline.Result(summary));
        console.WriteLine(Headline.Latency(summary));
        console.Write(Targets(summary));
        console.WriteLine("Latencies in milliseconds; accuracy is top-1 on the test split.");
    }

    private static Table Targets(DemoSummary summary)
    {
        var table = TerminalTable.Create("target", "budget", "predicted", "measured", "accuracy", "uniform", "uniform ms");
        foreach (var target in summary.Targets)
            table.AddRow(
                new Text(target.Name),
                target.BudgetMilliseconds is double budget ? Latency(budget) : new Text("-"),
                Latency(target.PredictedMilliseconds),
                Latency(target.MeasuredMilliseconds),
                Percent(target.Accuracy),
                Percent(target.UniformAccuracy),
                Latency(target.UniformMeasuredMilliseconds));
        return table;
    }

    private static Text Latency(double milliseconds) => new(Milliseconds.Text(milliseconds));

    private static Text Percent(double share) => new($"{share * 100:0.0} %");
}
