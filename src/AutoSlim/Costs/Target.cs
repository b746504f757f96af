namespace AutoSlim.Costs;

/// <summary>A network that is wanted: a name, which names its folder too, and the budgets that it has to meet, all of them.</summary>
public sealed class Target
{
    /// <exception cref="InvalidTargetException">With every problem: of the name, no budgets, a cost limited twice.</exception>
    public Target(string name, IReadOnlyList<Budget> budgets)
    {
        var problems = TargetReader.Problems(name, budgets).ToList();
        if (budgets.Count == 0) problems.Add($"target '{name}' has no budget, expected one such as macs<=300M; known costs: {KnownCosts.List}");
        if (problems.Count > 0) throw new InvalidTargetException(problems);
        (Name, Budgets) = (name, [.. budgets]);
    }

    /// <summary>Letters, digits, '-', '_' and '.'.</summary>
    public string Name { get; }

    /// <summary>At least one; no cost twice.</summary>
    public IReadOnlyList<Budget> Budgets { get; }

    /// <summary>Reads <c>NAME: latency@phone&lt;=8ms, macs&lt;=300M</c>.</summary>
    /// <exception cref="InvalidTargetException">With every problem.</exception>
    public static Target Parse(string text) => ParseAll([text])[0];

    /// <summary>Reads several, whose names must differ in more than case because they name folders.</summary>
    /// <exception cref="InvalidTargetException">With every problem of every target.</exception>
    public static IReadOnlyList<Target> ParseAll(IEnumerable<string> texts) => TargetReader.Read(texts);

    /// <param name="costs">By name; holds the cost of every budget.</param>
    /// <exception cref="ArgumentException">The costs lack a budget's.</exception>
    public bool IsMetBy(IReadOnlyDictionary<string, double> costs) => Budgets.All(budget => budget.IsMetBy(costs));

    /// <summary>What <see cref="Parse"/> reads back.</summary>
    public override string ToString() => $"{Name}: {string.Join(", ", Budgets)}";
}
