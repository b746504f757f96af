using AutoSlim.Benchmarks.Search;
using AutoSlim.Costs;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Training.Data;

namespace AutoSlim.Benchmarks.Rules;

/// <summary>Both rules on one supernet, with the same search images in each draw.</summary>
internal sealed class RuleRace(StageConsole console, string dataset, SearchSubject subject, int searchImages)
{
    private static readonly double[] Shares = [0.75, 0.5, 0.35, 0.25, 0.15];

    /// <summary>Shares of the widest network's multiply-adds, largest first.</summary>
    public static IReadOnlyList<Target> Budgets(NetworkDefinition definition)
    {
        var widest = MultiplyAdds.Count(definition.Resolve(definition.Widest));
        return [.. Shares.Select((share, index) => new Target($"budget{index + 1}", [new Budget(SearchSubject.MacsName, Math.Round(share * widest))]))];
    }

    public async Task<IReadOnlyList<RuleRow>> RunAsync(int draws, CancellationToken cancellation)
    {
        var losses = new Dictionary<StepRule, List<IReadOnlyList<double>>> { [StepRule.Paper] = [], [StepRule.Ratio] = [] };
        await console.RunStageAsync($"rules, {dataset}", draws * losses.Count, "searches", report => Task.Run(() =>
        {
            for (var draw = 1; draw <= draws; draw++)
            {
                var images = subject.Draw(searchImages, (ulong)draw);
                foreach (var (rule, found) in losses)
                {
                    found.Add(subject.UnseenLosses(Search(images, rule, cancellation)));
                    report(losses.Values.Sum(done => done.Count), $"{rule}, draw {draw}");
                }
            }
        }, cancellation));
        return [.. Shares.Select((share, budget) => RuleRow.Of(dataset, share, Of(losses[StepRule.Paper], budget), Of(losses[StepRule.Ratio], budget)))];
    }

    private static IReadOnlyList<double> Of(List<IReadOnlyList<double>> losses, int budget) => [.. losses.Select(draw => draw[budget])];

    private IReadOnlyList<ChannelConfiguration> Search(ImageSource images, StepRule rule, CancellationToken cancellation)
    {
        using var search = new TimedSearch(subject, images, SlimmingOptions.Fast with { Rule = rule });
        search.RunToEnd(cancellation);
        return search.Chosen;
    }
}
