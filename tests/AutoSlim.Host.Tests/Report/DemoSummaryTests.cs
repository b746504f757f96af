using System.Text.Json;
using AutoSlim.Host.Report;

namespace AutoSlim.Host.Tests.Report;

public sealed class DemoSummaryTests
{
    private static readonly string[] TargetKeys =
    [
        "name", "budgetMilliseconds", "predictedMilliseconds", "measuredMilliseconds", "accuracy", "uniformAccuracy",
        "uniformMeasuredMilliseconds", "multiplyAdds", "onnx",
    ];

    [Fact]
    public void Keys_are_exactly_the_documented_ones_in_their_order()
    {
        var root = JsonDocument.Parse(ReportExample.Summary.ToJson()).RootElement;
        Assert.Equal(["device", "dataset", "targets", "seconds"], Keys(root));
        Assert.Equal(TargetKeys, Keys(root.GetProperty("targets")[0]));
        Assert.Equal(["profile", "train", "slim", "retrain", "verify"], Keys(root.GetProperty("seconds")));
    }

    [Fact]
    public void Further_fields_of_a_target_follow_the_documented_ones()
    {
        var target = ReportExample.Summary.Targets[0] with
        {
            Parameters = 5,
            UniformMultiplyAdds = 4,
            UniformWidth = 0.75,
            MaximumLogitDifference = 1e-6,
            OnnxAccuracy = 0.9,
        };
        var keys = Keys(JsonDocument.Parse(ReportExample.WithTargets(target).ToJson()).RootElement.GetProperty("targets")[0]);
        Assert.Equal([.. TargetKeys, "onnxAccuracy", "maximumLogitDifference", "uniformWidth", "uniformMultiplyAdds", "parameters"], keys);
    }

    [Fact]
    public void A_target_that_limits_no_latency_has_the_key_and_no_number()
    {
        var target = ReportExample.Summary.Targets[0] with { BudgetMilliseconds = null };
        var written = JsonDocument.Parse(ReportExample.WithTargets(target).ToJson()).RootElement.GetProperty("targets")[0];
        Assert.Equal(TargetKeys, Keys(written));
        Assert.Equal(JsonValueKind.Null, written.GetProperty("budgetMilliseconds").ValueKind);
        using var output = new StringWriter { NewLine = "\n" };
        SummaryTable.Write(output, ReportExample.WithTargets(target));
        Assert.Matches(@"large +- +6\.47", output.ToString());
    }

    [Fact]
    public void The_console_table_fits_80_columns()
    {
        using var output = new StringWriter { NewLine = "\n" };
        SummaryTable.Write(output, ReportExample.Summary);
        Assert.Contains("87.1 %", output.ToString(), StringComparison.Ordinal);
        Assert.All(output.ToString().Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    private static IEnumerable<string> Keys(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
