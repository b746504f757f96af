using AutoSlim.Costs;

namespace AutoSlim.Slimming;

/// <summary>Closes the loop between search and devices: searches, measures what was chosen, and searches on with corrected budgets while one is missed.</summary>
/// <param name="targets">As they were asked for.</param>
/// <param name="smallest">By each cost that is measured, such as <c>latency@phone</c>: what the table asks for the narrowest network, in that cost's unit.</param>
public sealed class SettledSearch(IReadOnlyList<Target> targets, IReadOnlyDictionary<string, double> smallest)
{
    /// <summary>Measurements at most; a device that keeps missing is told, not chased for ever.</summary>
    public const int Rounds = 6;

    private readonly IReadOnlyList<BudgetCorrection> corrections = [.. smallest.Select(cost => new BudgetCorrection(cost.Key, cost.Value))];

    /// <summary>From targets to the step that met each, by name; goes on from the trace that is there.</summary>
    public required Func<IReadOnlyList<Target>, Task<IReadOnlyDictionary<string, SlimmingStep>>> Search { get; init; }

    /// <summary>From chosen networks to what was measured of each: by cost, then by target.</summary>
    public required Func<IReadOnlyDictionary<string, SlimmingStep>, Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>>> Measure { get; init; }

    /// <summary>Makes the next search start over.</summary>
    public required Action ForgetSteps { get; init; }

    /// <summary>Keeps every new state.</summary>
    public required Action<SettlingState> Keep { get; init; }

    /// <summary>
    /// The step of each target's network, and the targets whose budget is still missed after the last round: the sixth, or one after which
    /// the search would be for the same again, because no smaller network is left.
    /// </summary>
    /// <param name="state">Where an earlier sitting stopped.</param>
    public async Task<(IReadOnlyDictionary<string, SlimmingStep> Met, IReadOnlyList<Target> Missed)> RunAsync(SettlingState state)
    {
        while (true)
        {
            var met = await Search(Corrected(state));
            if (state.Settled) return (met, Missed(state));
            state = Next(state, met, await Measure(met));
            if (state.Settled) return (met, Missed(state));
        }
    }

    private List<Target> Missed(SettlingState state) => [.. targets.Where(target => state.Missed.Contains(target.Name))];

    private List<Target> Corrected(SettlingState state) =>
        [.. targets.Select(target => corrections.Aggregate(target, (seen, correction) => correction.Apply(seen, state.CorrectionsOf(correction.Cost))))];

    /// <summary>The steps go before the state: interrupted in between, the same network is measured again.</summary>
    private SettlingState Next(
        SettlingState state, IReadOnlyDictionary<string, SlimmingStep> met, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> measured)
    {
        var next = state with { Round = state.Round + 1, Corrections = Learnt(state, met, measured) };
        var isKept = !Names((correction, values) => correction.Missed(targets, values), measured).Any();
        if (isKept || state.Round == Rounds || IsSameSearch(state, next))
            next = state with { Settled = true, Missed = [.. Names((correction, values) => correction.Exceeded(targets, values), measured)] };
        else if (!BudgetCorrection.KeepsSteps(targets)) ForgetSteps();
        Keep(next);
        return next;
    }

    private IEnumerable<string> Names(
        Func<BudgetCorrection, IReadOnlyDictionary<string, double>, IReadOnlyList<Target>> found, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> measured) =>
        corrections.SelectMany(correction => found(correction, measured[correction.Cost])).Select(target => target.Name).Distinct();

    private bool IsSameSearch(SettlingState state, SettlingState next) =>
        Corrected(state).Zip(Corrected(next)).All(pair => pair.First.Budgets.SequenceEqual(pair.Second.Budgets));

    private Dictionary<string, IReadOnlyDictionary<string, double>> Learnt(
        SettlingState state, IReadOnlyDictionary<string, SlimmingStep> met, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> measured) =>
        corrections.ToDictionary(correction => correction.Cost, correction =>
        {
            var ratios = measured[correction.Cost].ToDictionary(pair => pair.Key, pair => pair.Value / met[pair.Key].Cost[correction.Cost]);
            return BudgetCorrection.Next(ratios, state.CorrectionsOf(correction.Cost));
        });
}
