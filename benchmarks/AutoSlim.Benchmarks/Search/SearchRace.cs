using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Training.Data;
using AutoSlim.Training.Native;

namespace AutoSlim.Benchmarks.Search;

/// <summary>
/// The ways of searching on one subject, in turns: each step of the shared search is decided again by AutoSlim's exhaustive way and by
/// PyTorch, and the fast search keeps pace, so that all of them meet the same other work on the machine.
/// </summary>
internal sealed class SearchRace(StageConsole console, SearchSubject subject, string python, int threads)
{
    private const ulong FirstDraw = 1;

    private readonly List<(double Exhaustive, double PyTorch, bool Same, bool PyTorchSame, double ScoreDifference)> timed = [];

    /// <summary>Images of one search.</summary>
    public required int SearchImages { get; init; }

    /// <summary>Only every so many steps are decided by the slow ways too.</summary>
    public required int TimedEvery { get; init; }

    /// <summary>Draws of other images that are searched on too, by the exhaustive and the fast way.</summary>
    public required int Resamples { get; init; }

    /// <summary>What PyTorch ran on; known after the race.</summary>
    public string Runtime { get; private set; } = "";

    public async Task<ResolutionFigures> RunAsync(CancellationToken cancellation)
    {
        var raced = await RaceAsync(cancellation);
        TorchRuntime.ReleaseMemory();
        var resampled = await ResampleAsync(cancellation);
        return raced with
        {
            ResampledLoss = [.. resampled.Select(draw => subject.UnseenLosses(draw.Exhaustive))],
            FastResampledLoss = [.. resampled.Select(draw => subject.UnseenLosses(draw.Fast))],
        };
    }

    private int Resolution => subject.Definition.Specification.Resolution;

    private int MostSteps => subject.Definition.Groups.Sum(group => group.Grid.Count - 1);

    /// <summary>Without the searches on other images, which need the memory that these took.</summary>
    private async Task<ResolutionFigures> RaceAsync(CancellationToken cancellation)
    {
        var images = subject.Draw(SearchImages, FirstDraw);
        using var shared = new TimedSearch(subject, images, SlimmingOptions.Exhaustive);
        using var fast = new TimedSearch(subject, images, SlimmingOptions.Fast);
        var steps = await console.RunStageAsync($"race, {Resolution} pixels", MostSteps, "steps", report => RaceAsync(shared, fast, images, report, cancellation));
        return new()
        {
            Resolution = Resolution,
            SearchImages = SearchImages,
            Steps = steps,
            TimedSteps = timed.Count,
            PytorchSeconds = timed.Average(step => step.PyTorch) * steps,
            ExhaustiveSeconds = timed.Average(step => step.Exhaustive) * steps,
            SharedSeconds = shared.Seconds,
            FastSeconds = fast.Seconds,
            SharedIdentical = timed.All(step => step.Same),
            SharedScoreDifference = timed.Max(step => step.ScoreDifference),
            PytorchSameDecisions = timed.Average(step => step.PyTorchSame ? 1.0 : 0),
            ExhaustiveEvaluations = shared.Evaluations,
            FastEvaluations = fast.Evaluations,
            ExhaustiveLoss = subject.UnseenLosses(shared.Chosen),
            FastLoss = subject.UnseenLosses(fast.Chosen),
            ResampledLoss = [],
            FastResampledLoss = [],
        };
    }

    private async Task<int> RaceAsync(TimedSearch shared, TimedSearch fast, ImageSource images, StageReport report, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("autoslim-benchmark-");
        try
        {
            await using var pytorch = PyTorchSearch.Start(python, subject, images, threads, folder.FullName);
            using var exhaustive = new ExhaustiveSide(subject, images);
            Runtime = await pytorch.DescribeAsync(cancellation);
            shared.Step();
            fast.Step();
            var trace = new List<SlimmingStep> { shared.Current };
            while (!shared.Ended)
            {
                cancellation.ThrowIfCancellationRequested();
                var isTimed = (trace.Count - 1) % TimedEvery == TimedEvery / 2;
                var slow = isTimed ? (exhaustive.Decide(trace), await pytorch.DecideAsync(shared.Current, cancellation)) : default;
                shared.Step();
                trace.Add(shared.Current);
                if (isTimed) Compare(shared.Current, slow.Item1.Step, slow.Item1.Seconds, slow.Item2);
                while (!fast.Ended && fast.MultiplyAdds > shared.MultiplyAdds) fast.Step();
                report(trace.Count - 1, $"shared {shared.Seconds:0} s, fast {fast.Seconds:0} s, {(timed.Count == 0 ? "" : $"exhaustive {timed.Average(step => step.Exhaustive):0.0} and PyTorch {timed.Average(step => step.PyTorch):0.0} s a step")}");
            }

            fast.RunToEnd(cancellation);
            return trace.Count - 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Compare(SlimmingStep shared, SlimmingStep exhaustive, double exhaustiveSeconds, PyTorchSearch.Answer pytorch)
    {
        var difference = shared.Candidates.Zip(exhaustive.Candidates, (one, other) => Math.Abs(one.Score - other.Score)).Max();
        timed.Add((exhaustiveSeconds, pytorch.Seconds, shared.Chosen == exhaustive.Chosen, shared.Chosen == pytorch.Group, difference));
    }

    /// <summary>What searches on other images choose; the shared way decides as the exhaustive one.</summary>
    private async Task<IReadOnlyList<(IReadOnlyList<ChannelConfiguration> Exhaustive, IReadOnlyList<ChannelConfiguration> Fast)>> ResampleAsync(CancellationToken cancellation)
    {
        var chosen = new List<(IReadOnlyList<ChannelConfiguration>, IReadOnlyList<ChannelConfiguration>)>();
        if (Resamples == 0) return chosen;
        await console.RunStageAsync($"other search images, {Resolution} pixels", Resamples, "draws", report => Task.Run(() =>
        {
            for (var draw = 1; draw <= Resamples; draw++)
            {
                var images = subject.Draw(SearchImages, FirstDraw + (ulong)draw);
                chosen.Add((Choose(images, SlimmingOptions.Exhaustive, cancellation), Choose(images, SlimmingOptions.Fast, cancellation)));
                report(draw);
            }
        }, cancellation));
        return chosen;
    }

    private IReadOnlyList<ChannelConfiguration> Choose(ImageSource images, SlimmingOptions options, CancellationToken cancellation)
    {
        using var search = new TimedSearch(subject, images, options);
        search.RunToEnd(cancellation);
        return search.Chosen;
    }
}
