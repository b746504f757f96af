using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;
using AutoSlim.Slimming;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

public sealed class SearchRecordTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RunFolder run;

    public SearchRecordTests()
    {
        run = new(folder.Path);
        File.WriteAllText(run.SupernetPath, "weights");
        SearchRecord.Of(run, SlimmingOptions.Fast).Begin(run, goesOn: false);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_search_goes_on_as_it_was_begun() => SearchRecord.Of(run, SlimmingOptions.Fast).Begin(run, goesOn: true);

    [Fact]
    public void A_search_that_goes_on_otherwise_is_refused_with_all_that_differs()
    {
        File.WriteAllText(run.SupernetPath, "others");
        var options = SlimmingOptions.Fast with { Rule = StepRule.Paper, RefreshInterval = 7 };
        var problems = Assert.Throws<UsageException>(() => SearchRecord.Of(run, options).Begin(run, goesOn: true)).Problems;
        Assert.Equal(3, problems.Count);
        Assert.StartsWith($"'{run.TracePath}' was begun otherwise: options.rule was ratio, now paper; ", problems[0], StringComparison.Ordinal);
        Assert.Contains("options.refreshInterval was 48, now 7", problems[1], StringComparison.Ordinal);
        Assert.Contains("supernet was ", problems[2], StringComparison.Ordinal);
        Assert.EndsWith("; give what it was, or delete the trace to search anew", problems[2], StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_was_is_named_as_it_would_be_typed()
    {
        SearchRecord.Of(run, SlimmingOptions.Fast with { LargestShare = 1 }).Begin(run, goesOn: false);
        var problem = Assert.Single(Assert.Throws<UsageException>(() => SearchRecord.Of(run, SlimmingOptions.Fast).Begin(run, goesOn: true)).Problems);
        Assert.Contains("give what it was (--search fast --blocks 2), or delete the trace", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_that_begins_anew_may_be_any()
    {
        SearchRecord.Of(run, SlimmingOptions.Exhaustive).Begin(run, goesOn: false);
        SearchRecord.Of(run, SlimmingOptions.Exhaustive).Begin(run, goesOn: true);
    }

    [Fact]
    public void A_trace_of_an_earlier_version_goes_on()
    {
        File.Delete(run.SearchPath);
        SearchRecord.Of(run, SlimmingOptions.Exhaustive).Begin(run, goesOn: true);
    }

    [Fact]
    public void A_damaged_file_is_told_with_what_to_do()
    {
        File.WriteAllText(run.SearchPath, "{}");
        var fault = Assert.Throws<InvalidDataException>(() => SearchRecord.Of(run, SlimmingOptions.Fast).Begin(run, goesOn: true));
        Assert.Contains("delete it and the trace", fault.Message, StringComparison.Ordinal);
    }
}
