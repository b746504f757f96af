using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Training.Native;
using AutoSlim.Training.Scoring;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Stages;

/// <summary>Slims the supernet to every target: from a checkpoint, images and costs to a trace and the step that first met each target.</summary>
internal sealed class SlimStage(StageConsole console, TextWriter notices, RunImages images)
{
    private const ulong HealthSeed = 2019;

    /// <summary>Whether to search although the supernet cannot tell sizes apart.</summary>
    public bool AllowsUnhealthy { get; init; }

    /// <summary>How much of a candidate's score is computed afresh.</summary>
    public ScoringWay Way { get; init; } = ScoringWay.Shared;

    /// <summary>Goes on from the trace that is there. Returns the step that first met each target, by the target's name.</summary>
    /// <exception cref="UsageException">A budget that no configuration can reach; names the smallest reachable cost.</exception>
    /// <exception cref="CommandFailedException">Nothing left to take saves anything, although the narrowest network would do: the table is not monotone.</exception>
    public async Task<IReadOnlyDictionary<string, SlimmingStep>> RunAsync(
        RunSettings settings, RunFolder run, IReadOnlyList<Target> targets, IReadOnlyList<ICostModel> costs, SlimmingOptions options, CancellationToken cancellation)
    {
        var definition = NetworkCatalog.Create(settings.Network);
        var slimmer = new GreedySlimmer(definition, targets, costs, options);
        RequireReachable(slimmer);
        var met = await console.RunStageAsync("slim", options.MostSteps(definition), "steps", report => Task.Run(
            () => Search(run, definition, settings.Device, slimmer, options, report, cancellation), cancellation));
        RequireAllMet(targets, met);
        return met;
    }

    /// <summary>What can be told of targets before a device has measured.</summary>
    /// <exception cref="UsageException">A counted budget that no configuration can reach; names the smallest reachable cost.</exception>
    public static void RequireCountedReachable(NetworkDefinition definition, IReadOnlyList<Target> targets, SlimmingOptions options)
    {
        var counted = targets.Where(target => target.Budgets.Any(IsCounted)).Select(target => new Target(target.Name, [.. target.Budgets.Where(IsCounted)])).ToList();
        if (counted.Count > 0) RequireReachable(new(definition, counted, CountedCosts.All, options));

        static bool IsCounted(Budget budget) => budget.Device is null;
    }

    /// <summary>Looks, before anything is measured, whether the supernet is worth a search; a search that goes on was looked at when it began.</summary>
    /// <exception cref="CommandFailedException">It is missing or half trained, or cannot tell sizes apart and nobody said to search all the same.</exception>
    public async Task RequireHealthyAsync(RunSettings settings, RunFolder run, CancellationToken cancellation)
    {
        if (new SlimmingTrace(run.TracePath).Peek().Count > 0) return;
        CheckHealth(await Task.Run(() => Health(run, NetworkCatalog.Create(settings.Network), settings.Device), cancellation));
        TorchRuntime.ReleaseMemory();
    }

    /// <exception cref="UsageException">A budget that no configuration can reach; names the smallest reachable cost.</exception>
    public static void RequireReachable(GreedySlimmer slimmer)
    {
        if (slimmer.UnreachableBudgets() is { Count: > 0 } problems) throw new UsageException(problems);
    }

    /// <exception cref="CommandFailedException">The supernet cannot tell sizes apart, and nobody said to search all the same.</exception>
    private void CheckHealth(SupernetHealth health)
    {
        notices.WriteLine($"slim: the supernet's {health}");
        if (health.IsHealthy) return;
        const string cause = "random mid sizes should score better than the narrowest network and worse than the widest: the supernet is trained too little";
        if (!AllowsUnhealthy) throw new CommandFailedException($"{cause}; train one into another folder for more epochs (with --weights RUN/supernet.safetensors it goes on from this one's; with the same --seed and --search-images, or it would have been trained on images that it is searched on), where they are few with --optimizer adamw --learning-rate 0.004; or search all the same with --unhealthy");
        notices.WriteLine($"slim: {cause}; the search goes on all the same");
    }

    /// <exception cref="UsageException">A target limits what nothing here prices.</exception>
    public static void RequirePriced(IReadOnlyList<Target> targets, IReadOnlyList<string> costs)
    {
        var problems = targets.SelectMany(target => target.Budgets, (target, budget) => (target.Name, budget.Cost)).Where(pair => !costs.Contains(pair.Cost))
            .Select(pair => $"target '{pair.Name}' limits {pair.Cost}, which is not measured here; choose among {string.Join(", ", costs)}").ToList();
        if (problems.Count > 0) throw new UsageException(problems);
    }

    private static IReadOnlyList<double> Finite(IReadOnlyList<double> losses) => losses.All(double.IsFinite)
        ? losses
        : throw new CommandFailedException("the supernet gives losses that are no numbers: its training diverged; train it again with a lower learning rate");

    private static void RequireAllMet(IReadOnlyList<Target> targets, Dictionary<string, SlimmingStep> met)
    {
        var missed = targets.Where(target => !met.ContainsKey(target.Name)).ToList();
        if (missed.Count > 0) throw new CommandFailedException($"the search ended, with nothing left that saves, before it met {string.Join(" and ", missed.Select(target => $"'{target}'"))}; loosen the budget (channels are written when all targets are met)");
    }

    private static SlimmableNetwork Supernet(RunFolder run, NetworkDefinition definition, ComputeDevice device)
    {
        var network = new SlimmableNetwork(definition, definition.Widest, seed: 0, device.Torch);
        TrainedSupernet.Load(run).Restore(network);
        return network;
    }

    private SupernetHealth Health(RunFolder run, NetworkDefinition definition, ComputeDevice device)
    {
        using var network = Supernet(run, definition, device);
        using var scorer = new CandidateScorer(network, images.Split.Search, images.Normalization, Way);
        return SupernetHealth.Of(definition, (configuration, candidates) => Finite(scorer.Score(configuration, candidates)), HealthSeed);
    }

    private Dictionary<string, SlimmingStep> Search(
        RunFolder run, NetworkDefinition definition, ComputeDevice device, GreedySlimmer slimmer, SlimmingOptions options, StageReport report, CancellationToken cancellation)
    {
        var trace = new SlimmingTrace(run.TracePath);
        var earlier = trace.Read();
        SearchRecord.Of(run, options).Begin(run, earlier.Count > 0);
        using var network = Supernet(run, definition, device);
        using var scorer = new CandidateScorer(network, images.Split.Search, images.Normalization, Way);
        CandidateScores scores = (configuration, candidates) => Finite(scorer.Score(configuration, candidates, options.Score));
        var met = new Dictionary<string, SlimmingStep>();
        foreach (var step in slimmer.Run(scores, earlier))
        {
            if (step.Step >= earlier.Count) trace.Append(step);
            foreach (var target in slimmer.MetBy(step)) met.TryAdd(target.Name, step);
            // Steps of an earlier sitting are replayed at once, which says nothing on the pace.
            if (step.Step >= earlier.Count - 1) report(step.Step, $"{step.Score.Keys.Single()} {step.ScoreValue:0.000} {string.Join(' ', step.Cost.Take(1).Select(cost => $"{cost.Key} {cost.Value:0.000}"))}");
            cancellation.ThrowIfCancellationRequested();
        }

        return met;
    }
}
