using AutoSlim.Costs;

namespace AutoSlim.Slimming;

/// <summary>Closes the loop between search and device: searches, measures what was chosen, and searches on with corrected budgets while one is missed.</summary>
/// <param name="targets">As they were asked for.</param>
/// <param name="cost">The one that is measured, such as <c>latency@phone</c>.</param>
/// <param name="smallest">What the table asks for the narrowest network, in that cost's unit.</param>
public sealed class SettledSearch(IReadOnlyList<Target> targets, string cost, double smallest)
{
    /// <summary>Measurements at most; a device that keeps missing is told, not chased for ever.</summary>
    public const int Rounds = 6;

    private readonly BudgetCorrection correction = new(cost, smallest);

    /// <summary>From targets to the step that met each, by name; goes on from the trace that is there.</summary>
    public required Func<IReadOnlyList<Target>, Task<IReadOnlyDictionary<string, SlimmingStep>>> Search { get; init; }

    /// <summary>From chosen networks to what the device measured of each, by target.</summary>
    public required Func<IReadOnlyDictionary<string, SlimmingStep>, Task<IReadOnlyDictionary<string, double>>> Measure { get; init; }

    /// <summary>Makes the next search start over.</summary>
    public required Action ForgetSteps { get; init; }

    /// <summary>Keeps every new state.</summary>
    public required Action<SettlingState> Keep { get; init; }

    /// <summary>The step of each target's network, and the targets whose budget is still missed after the last round.</summary>
    /// <param name="state">Where an earlier sitting stopped.</param>
    public async Task<(IReadOnlyDictionary<string, SlimmingStep> Met, IReadOnlyList<Target> Missed)> RunAsync(SettlingState state)
    {
        while (true)
        {
            var met = await Search([.. targets.Select(target => correction.Apply(target, state.Corrections))]);
            if (state.Settled) return (met, []);
            var measured = await Measure(met);
            var missed = correction.Missed(targets, measured);
            state = Next(state, met, measured, missed.Count == 0);
            if (state.Settled) return (met, missed);
        }
    }

    /// <summary>The steps go before the state: interrupted in between, the same network is measured again.</summary>
    private SettlingState Next(
        SettlingState state, IReadOnlyDictionary<string, SlimmingStep> met, IReadOnlyDictionary<string, double> measured, bool allKept)
    {
        var settled = allKept || state.Round == Rounds;
        if (!settled && !BudgetCorrection.KeepsSteps(targets)) ForgetSteps();
        var ratios = measured.ToDictionary(pair => pair.Key, pair => pair.Value / met[pair.Key].Cost[cost]);
        var next = settled
            ? state with { Settled = true }
            : state with { Round = state.Round + 1, Corrections = BudgetCorrection.Next(ratios, state.Corrections) };
        Keep(next);
        return next;
    }
}
