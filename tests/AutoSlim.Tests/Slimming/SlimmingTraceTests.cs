using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Slimming;

namespace AutoSlim.Tests.Slimming;

public sealed class SlimmingTraceTests : IDisposable
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 32, Classes: 10));
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("autoslim-trace-");

    private string TracePath => Path.Combine(folder.FullName, "trace.jsonl");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Steps_survive_the_round_trip_exactly()
    {
        var steps = Steps();
        Write(steps);
        var read = new SlimmingTrace(TracePath).Read();
        Assert.Equal(steps.Select(step => step.Configuration), read.Select(step => step.Configuration));
        Assert.Equal(steps.Select(step => step.ScoreValue), read.Select(step => step.ScoreValue));
        Assert.Equal(steps.SelectMany(step => step.Candidates.Select(candidate => candidate.Score)), read.SelectMany(step => step.Candidates.Select(candidate => candidate.Score)));
    }

    [Fact]
    public void A_line_has_the_published_keys_in_order()
    {
        Write(Steps());
        using var line = System.Text.Json.JsonDocument.Parse(File.ReadLines(TracePath).Skip(1).First());
        Assert.Equal(["step", "configuration", "cost", "score", "chosen", "candidates"], line.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["group", "score", "cost"], line.RootElement.GetProperty("candidates")[0].EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void A_last_line_cut_short_is_dropped_and_the_rest_goes_on()
    {
        var steps = Steps();
        Write(steps);
        File.WriteAllText(TracePath, File.ReadAllText(TracePath)[..^40]);
        Assert.Equal(steps.Count - 1, new SlimmingTrace(TracePath).Read().Count);
        new SlimmingTrace(TracePath).Append(steps[^1]);
        Assert.Equal(steps.Count, new SlimmingTrace(TracePath).Read().Count);
    }

    [Fact]
    public void Whoever_only_looks_leaves_a_line_that_is_being_written_alone()
    {
        var steps = Steps();
        Write(steps);
        var text = File.ReadAllText(TracePath)[..^40];
        File.WriteAllText(TracePath, text);
        Assert.Equal(steps.Count - 1, new SlimmingTrace(TracePath).Peek().Count);
        Assert.Equal(text, File.ReadAllText(TracePath));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no json")]
    [InlineData("{\"step\":0,\"configuration\":null,\"cost\":{},\"score\":{},\"chosen\":\"\",\"candidates\":[]}")]
    public void A_foreign_line_is_named(string line)
    {
        File.WriteAllText(TracePath, line + "\n");
        var fault = Assert.Throws<InvalidDataException>(() => new SlimmingTrace(TracePath).Read());
        Assert.Contains("line 1", fault.Message, StringComparison.Ordinal);
    }

    private void Write(IEnumerable<SlimmingStep> steps)
    {
        foreach (var step in steps) new SlimmingTrace(TracePath).Append(step);
    }

    private static List<SlimmingStep> Steps() =>
        [.. new GreedySlimmer(Network, [Target.Parse("half: macs<=30M")], [new MultiplyAdds()], new()).Run(new SyntheticScores(Network, 2).Delegate, [])];
}
