using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AutoSlim.Slimming;
using AutoSlim.Training.Scoring;

namespace AutoSlim.Host.Commands;

/// <summary>The options of <c>slim</c> that say how it searches.</summary>
internal sealed class SearchChoice
{
    private readonly Option<string> rule = new("--rule") { HelpName = "ratio|paper", Description = "ratio: least loss per cost saved; paper: least loss.", DefaultValueFactory = _ => "ratio" };
    private readonly Option<string> search = new("--search")
    {
        HelpName = string.Join('|', SearchWays.Words),
        Description = "exhaustive: every candidate, from the first layer; shared: the same decisions, what candidates have in common computed once; fast: only the most promising are scored afresh.",
        DefaultValueFactory = _ => SearchWays.Fast,
    };

    private readonly Option<string> score = new("--score") { HelpName = "loss|error", Description = "What candidates are scored by on held-out images.", DefaultValueFactory = _ => "loss" };
    private readonly Option<int?> rescored = new("--rescored") { HelpName = "N", Description = $"Candidates scored afresh at a time, until none of the others looks better. Default: {SlimmingOptions.Fast.RescoredCandidates}, all unless fast." };
    private readonly Option<int?> refresh = new("--refresh") { HelpName = "N", Description = $"Steps after which all are scored again. Default: {SlimmingOptions.Fast.RefreshInterval}." };
    private readonly Option<int?> blocks = new("--blocks") { HelpName = "N", Description = $"Blocks that a step takes. Default: {SlimmingOptions.Fast.BlocksPerStep}, one where that is over {SlimmingOptions.Fast.LargestShare * 100:0} % of a layer; 1 unless fast." };

    public void AddTo(Command verb)
    {
        foreach (var option in new Option[] { search, rule, score, rescored, refresh, blocks }) verb.Add(option);
        search.AcceptOnlyFromAmong(SearchWays.Words);
        rule.AcceptOnlyFromAmong("ratio", "paper");
        score.AcceptOnlyFromAmong("loss", "error");
        verb.Validators.Add(result => Ranges.Check(result, rescored, 1, 10_000));
        verb.Validators.Add(result => Ranges.Check(result, refresh, 1, 100_000));
        verb.Validators.Add(CheckRefresh);
        verb.Validators.Add(result => Ranges.Check(result, blocks, 1, 1000));
    }

    public ScoringWay Way(ParseResult parsed) => SearchWays.Scoring(parsed.GetValue(search)!);

    /// <summary>But for the alignment, which is the devices'.</summary>
    public SlimmingOptions Options(ParseResult parsed)
    {
        var way = SearchWays.Options(parsed.GetValue(search)!);
        return way with
        {
            Rule = Enum.Parse<StepRule>(parsed.GetValue(rule)!, ignoreCase: true),
            Score = Enum.Parse<SearchScore>(parsed.GetValue(score)!, ignoreCase: true),
            RescoredCandidates = parsed.GetValue(rescored) ?? way.RescoredCandidates,
            RefreshInterval = parsed.GetValue(refresh) ?? way.RefreshInterval,
            BlocksPerStep = parsed.GetValue(blocks) ?? way.BlocksPerStep,
            LargestShare = parsed.GetValue(blocks) is null ? way.LargestShare : 1,
        };
    }

    /// <summary>What to type for <paramref name="options"/>, defaults left out: <c>--search fast --blocks 2</c>.</summary>
    public static string Flags(SlimmingOptions options)
    {
        var word = SearchWays.WordOf(options);
        var way = SearchWays.Options(word);
        return string.Join(' ', (string[])
        [
            $"--search {word}",
            .. Flag("rule", options.Rule.ToString().ToLowerInvariant(), options.Rule != way.Rule),
            .. Flag("score", options.Score.ToString().ToLowerInvariant(), options.Score != way.Score),
            .. Flag("rescored", options.RescoredCandidates, options.RescoredCandidates != way.RescoredCandidates),
            .. Flag("refresh", options.RefreshInterval, options.RefreshInterval != way.RefreshInterval),
            .. Flag("blocks", options.BlocksPerStep, options.BlocksPerStep != way.BlocksPerStep || options.LargestShare > way.LargestShare),
        ]);
    }

    private static string[] Flag<T>(string name, T value, bool isNeeded) => isNeeded ? [string.Create(CultureInfo.InvariantCulture, $"--{name} {value}")] : [];

    private void CheckRefresh(CommandResult result)
    {
        if (result.GetResult(refresh) is null || result.GetResult(rescored) is not null || result.GetResult(search)?.Tokens is not [var way] || way.Value == SearchWays.Fast) return;
        result.AddError($"--refresh: --search {way.Value} scores all candidates in every step; leave --refresh out, or give --rescored N too");
    }
}
