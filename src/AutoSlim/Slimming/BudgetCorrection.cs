using AutoSlim.Costs;

namespace AutoSlim.Slimming;

/// <summary>
/// How a search goes on after the networks that it chose were measured. It favours what its table prices too low, so a chosen
/// network tends to miss its budget; the budget is then divided by measured over predicted, and the search continues to it.
/// </summary>
/// <param name="cost">The cost that was measured, such as <c>latency@phone</c>.</param>
/// <param name="smallest">What the table asks for the narrowest network, in that cost's unit.</param>
public sealed class BudgetCorrection(string cost, double smallest)
{
    /// <summary>A network must stay this far below its budget, so that measuring noise does not turn a promise into a miss.</summary>
    public const double Margin = 0.02;

    /// <summary>That was measured.</summary>
    public string Cost { get; } = cost;

    /// <summary>
    /// The target as the search must see it: its budget in the table's own, uncorrected unit, but never below what the table asks for
    /// the narrowest network. There the search ends, and measuring tells whether that was enough.
    /// </summary>
    /// <param name="target">As it was asked for.</param>
    /// <param name="corrections">By the target's name; 1.1 if the device needs a tenth more than the table says.</param>
    public Target Apply(Target target, IReadOnlyDictionary<string, double> corrections) => new(target.Name, [.. target.Budgets.Select(budget =>
        budget.Cost == Cost && corrections.TryGetValue(target.Name, out var correction) ? Apply(budget, correction) : budget)]);

    /// <summary>The targets whose budget was not kept with room to spare: for them the search goes on.</summary>
    /// <param name="targets">As they were asked for.</param>
    /// <param name="measured">By the target's name, of those at least that limit the cost: the cost of its network on the device.</param>
    public IReadOnlyList<Target> Missed(IReadOnlyList<Target> targets, IReadOnlyDictionary<string, double> measured) => Above(targets, measured, 1 + Margin);

    /// <summary>The targets whose budget was not kept.</summary>
    /// <param name="targets">As they were asked for.</param>
    /// <param name="measured">By the target's name, of those at least that limit the cost: the cost of its network on the device.</param>
    public IReadOnlyList<Target> Exceeded(IReadOnlyList<Target> targets, IReadOnlyDictionary<string, double> measured) => Above(targets, measured, 1);

    /// <summary>The corrections to search with next. They only grow, so that the search does not swing between two misses.</summary>
    /// <param name="ratios">By target: measured over predicted.</param>
    /// <param name="corrections">That the last search had.</param>
    public static IReadOnlyDictionary<string, double> Next(IReadOnlyDictionary<string, double> ratios, IReadOnlyDictionary<string, double> corrections) =>
        ratios.ToDictionary(pair => pair.Key, pair => Math.Max(pair.Value * (1 + Margin), corrections.GetValueOrDefault(pair.Key)));

    /// <summary>Measured over predicted as the search that chose a network expected it: of the networks before this one.</summary>
    /// <param name="correction">That the search had.</param>
    public static double Expected(double correction) => correction / (1 + Margin);

    /// <summary>
    /// Whether the steps taken so far are those of the corrected search too. With several costs the corrected budget may bind where
    /// another one did, and the search must start over.
    /// </summary>
    public static bool KeepsSteps(IReadOnlyList<Target> targets) => targets.SelectMany(target => target.Budgets).DistinctBy(budget => budget.Cost).Count() == 1;

    private List<Target> Above(IReadOnlyList<Target> targets, IReadOnlyDictionary<string, double> measured, double factor) =>
        [.. targets.Where(target => target.Budgets.Any(budget => budget.Cost == Cost && measured[target.Name] * factor > budget.Limit))];

    private Budget Apply(Budget budget, double correction) => new(Cost, Math.Max(budget.Limit / correction, Math.Min(budget.Limit, smallest)));
}
