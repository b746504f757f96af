using AutoSlim.Costs;
using AutoSlim.Networks;

namespace AutoSlim.Slimming;

/// <summary>
/// The greedy search (paper section 3.3): from the widest network, step by step, take channels from the group whose loss of
/// them hurts least, until every target is met. It sees cost functions and scores, never a tensor.
/// </summary>
public sealed class GreedySlimmer
{
    private readonly NetworkDefinition definition;
    private readonly IReadOnlyList<Target> targets;
    private readonly IReadOnlyList<ICostModel> costs;
    private readonly SlimmingOptions options;

    /// <param name="definition">The network.</param>
    /// <param name="targets">At least one; met in order of ease, nested.</param>
    /// <param name="costs">Every cost that a target names, and any others that the trace should show.</param>
    /// <param name="options">How to search.</param>
    /// <exception cref="ArgumentException">No target, options out of range, or a budget without its cost model.</exception>
    public GreedySlimmer(NetworkDefinition definition, IReadOnlyList<Target> targets, IReadOnlyList<ICostModel> costs, SlimmingOptions options)
    {
        (this.definition, this.targets, this.costs, this.options) = (definition, targets, costs, options);
        var unknown = targets.SelectMany(target => target.Budgets).Select(budget => budget.Cost).Except(costs.Select(cost => cost.Name));
        List<string> problems = [.. options.Problems(), .. unknown.Select(name => $"a target limits '{name}', which nothing prices")];
        if (targets.Count == 0) problems.Add("no target to slim to");
        if (problems.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>A line for every budget that even the narrowest network exceeds, naming the smallest reachable cost; empty when all can be met.</summary>
    public IReadOnlyList<string> UnreachableBudgets()
    {
        var smallest = SmallestCosts();
        return
        [
            .. from target in targets
               from budget in target.Budgets
               where !budget.IsMetBy(smallest)
               select $"target '{target.Name}': {budget} cannot be reached with {definition.Name}; the narrowest needs {new Budget(budget.Cost, RoundedUp(smallest[budget.Cost]))}",
        ];
    }

    /// <summary>By cost: of the narrowest network and the narrowest on multiples of the alignment, which may be the quicker one.</summary>
    private Dictionary<string, double> SmallestCosts()
    {
        var aligned = CostOf(definition.Aligned(definition.Narrowest, options.Alignment));
        return CostOf(definition.Narrowest).ToDictionary(cost => cost.Key, cost => Math.Min(cost.Value, aligned[cost.Key]));
    }

    /// <summary>
    /// Searches until every target has been met by some step or no group can save anything more. Steps of an earlier run are taken as they are, so
    /// an interrupted search goes on to the same end.
    /// </summary>
    /// <param name="scores">Asked once or more per new step: a lazy search scores on while an unscored candidate looks better.</param>
    /// <param name="earlier">The steps of the trace so far; yielded again.</param>
    /// <exception cref="InvalidDataException">The earlier steps belong to another search.</exception>
    public IEnumerable<SlimmingStep> Run(CandidateScores scores, IReadOnlyList<SlimmingStep> earlier)
    {
        var rises = new KnownRises();
        var current = earlier.Count > 0 ? Recorded(earlier[0]) : Start(scores);
        yield return current;
        var open = targets.ToList();
        while (Binding(open, current.Cost) is string binding)
        {
            var candidates = CandidatesOf(current, binding);
            if (candidates.Count == 0) yield break;
            var next = current.Step + 1 < earlier.Count
                ? Replay(current, candidates, earlier[current.Step + 1], rises)
                : SlimmingTelemetry.Observe(() => Decide(current, candidates, chosen => scores(current.Configuration, [.. chosen.Select(candidate => candidate.Configuration)]), rises));
            yield return current = next;
        }
    }

    /// <summary>The targets that a step meets.</summary>
    public IEnumerable<Target> MetBy(SlimmingStep step) => targets.Where(target => target.IsMetBy(step.Cost));

    /// <summary>To three significant digits, so that the limit named can be met.</summary>
    private static double RoundedUp(double cost)
    {
        var unit = (decimal)Math.Pow(10, Math.Floor(Math.Log10(cost)) - 2);
        return (double)(Math.Ceiling((decimal)cost / unit) * unit);
    }

    private SlimmingStep Start(CandidateScores scores)
    {
        var widest = definition.Widest;
        return new(0, widest, CostOf(widest), ScoreOf(scores(widest, [widest])[0]), "", []);
    }

    private SlimmingStep Recorded(SlimmingStep start) =>
        start.Score.ContainsKey(ScoreName) && start.Configuration.Equals(definition.Widest) && costs.All(cost => start.Cost.ContainsKey(cost.Name)) ? start : throw Foreign(start);

    /// <summary>
    /// The cost to bring down: the most exceeded budget of the target that is closest to being met; null when all are met. What was met
    /// stays met, though a later step may raise that cost again: a measured table is not monotone.
    /// </summary>
    /// <param name="open">Targets that no step has met; those that this one meets are taken out.</param>
    /// <param name="cost">Of the current step.</param>
    private static string? Binding(List<Target> open, IReadOnlyDictionary<string, double> cost)
    {
        open.RemoveAll(target => target.IsMetBy(cost));
        return open
            .Select(target => target.Budgets.MaxBy(budget => cost[budget.Cost] / budget.Limit)!)
            .MinBy(budget => cost[budget.Cost] / budget.Limit)?.Cost;
    }

    private List<Candidate> CandidatesOf(SlimmingStep current, string binding) =>
        [.. definition.Groups.Select(group => CandidateOf(group, current, binding)).OfType<Candidate>()];

    /// <summary>
    /// Takes the blocks of a step, and more until the binding cost falls: a step that saves nothing would only cost accuracy. Of several
    /// blocks, those are left that save no more, such as the last ones down to a minimum between two multiples of the alignment.
    /// </summary>
    private Candidate? CandidateOf(ChannelGroup group, SlimmingStep current, string binding)
    {
        var cost = costs.Single(model => model.Name == binding);
        var before = cost.Pressure(definition.Resolve(current.Configuration));
        Candidate? best = null;
        var blocks = 0;
        for (var slimmer = current.Configuration.Shrink(group, options.Alignment); slimmer is not null; slimmer = slimmer.Shrink(group, options.Alignment), blocks++)
        {
            var (had, taken) = (current.Configuration[group.Name], current.Configuration[group.Name] - slimmer[group.Name]);
            if (best is not null && (blocks >= options.BlocksPerStep || taken > options.LargestShare * had)) break;
            var saving = before - cost.Pressure(definition.Resolve(slimmer));
            if (saving > (best?.Saving ?? 0)) best = new(group.Name, slimmer, CostOf(slimmer), saving, taken);
        }

        return best;
    }

    /// <summary>Scores the most promising candidates, then those that looked better than what these turned out to be, and takes the best of all that were scored.</summary>
    private SlimmingStep Decide(SlimmingStep current, List<Candidate> candidates, Func<IReadOnlyList<Candidate>, IReadOnlyList<double>> scores, KnownRises rises)
    {
        var scored = new List<(Candidate Candidate, double Score)>();
        for (var list = Shortlist(candidates, rises, current.Step); list.Count > 0; list = Overlooked(candidates, scored, rises))
        {
            scored.AddRange(list.Zip(scores(list)));
            foreach (var (candidate, score) in scored) rises.Learn(candidate, score - current.ScoreValue);
        }

        var (best, value) = scored.MinBy(it => Preference(it.Candidate, rises));
        return new(current.Step + 1, best.Configuration, best.Cost, ScoreOf(value), best.Group, [.. scored.Select(it => new ScoredCandidate(it.Candidate.Group, it.Score, it.Candidate.Cost))]);
    }

    /// <summary>All candidates when it is time to refresh or one was never scored, else the most promising by their last known rise.</summary>
    private List<Candidate> Shortlist(List<Candidate> candidates, KnownRises rises, int step) =>
        step % options.RefreshInterval == 0 || !candidates.All(rises.Knows) ? candidates : MostPromising(candidates, rises);

    /// <summary>The most promising of those whose last known rise beats everything scored in this step.</summary>
    private List<Candidate> Overlooked(List<Candidate> candidates, List<(Candidate Candidate, double Score)> scored, KnownRises rises)
    {
        var best = scored.Min(it => Preference(it.Candidate, rises));
        return MostPromising([.. candidates.Except(scored.Select(it => it.Candidate)).Where(candidate => Preference(candidate, rises).CompareTo(best) < 0)], rises);
    }

    /// <summary>In the candidates' order.</summary>
    private List<Candidate> MostPromising(List<Candidate> candidates, KnownRises rises)
    {
        var promising = candidates.OrderBy(candidate => Preference(candidate, rises)).Take(options.RescoredCandidates).ToHashSet();
        return [.. candidates.Where(promising.Contains)];
    }

    private (double Key, double Tie) Preference(Candidate candidate, KnownRises rises) => candidate.Preference(options.Rule, rises.Of(candidate));

    /// <summary>Decides again on the recorded scores: the state is then as if it had never been interrupted.</summary>
    private SlimmingStep Replay(SlimmingStep current, List<Candidate> candidates, SlimmingStep recorded, KnownRises rises)
    {
        var scores = recorded.Candidates.ToDictionary(candidate => candidate.Group, candidate => candidate.Score);
        var step = Decide(current, candidates, list => [.. list.Select(candidate => scores.TryGetValue(candidate.Group, out var score) ? score : throw Foreign(recorded))], rises);
        var isSame = step.Configuration.Equals(recorded.Configuration) && step.Candidates.Select(candidate => candidate.Group).SequenceEqual(recorded.Candidates.Select(candidate => candidate.Group));
        return isSame ? step : throw Foreign(recorded);
    }

    private static InvalidDataException Foreign(SlimmingStep recorded) =>
        new($"step {recorded.Step} of the trace belongs to another search (other targets, options, cost table or network); search into another folder, or delete the trace");

    private Dictionary<string, double> CostOf(ChannelConfiguration configuration)
    {
        var network = definition.Resolve(configuration);
        return costs.ToDictionary(cost => cost.Name, cost => cost.Price(network));
    }

    private Dictionary<string, double> ScoreOf(double score) => new() { [ScoreName] = score };

    private string ScoreName => options.Score == SearchScore.Loss ? "loss" : "error";
}
