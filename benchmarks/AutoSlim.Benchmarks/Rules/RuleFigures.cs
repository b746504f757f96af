namespace AutoSlim.Benchmarks.Rules;

/// <summary>What the comparison of the step rules found.</summary>
/// <param name="Rows">By data set, then by budget.</param>
internal sealed record RuleFigures(IReadOnlyList<RuleRow> Rows);
