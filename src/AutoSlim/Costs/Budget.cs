namespace AutoSlim.Costs;

/// <summary>An upper limit on one cost: <c>latency@phone&lt;=8ms</c>, <c>macs&lt;=300M</c>, <c>params&lt;=4M</c>, <c>memory&lt;=2MB</c>, <c>memory@phone&lt;=30MB</c>.</summary>
public sealed record Budget
{
    private const string Comparison = "<=";

    /// <param name="cost">The name of an <see cref="ICostModel"/>.</param>
    /// <param name="limit">In the cost model's unit (milliseconds, multiply-adds, parameters, bytes), above 0.</param>
    /// <exception cref="InvalidTargetException">An unknown cost or a limit that is not above 0.</exception>
    public Budget(string cost, double limit)
    {
        if (KnownCosts.Problem(cost) is string problem) throw new InvalidTargetException([problem]);
        if (!(limit > 0 && double.IsFinite(limit))) throw new InvalidTargetException([FormattableString.Invariant($"{cost} is limited to {limit}, expected a number above 0")]);
        (Cost, Limit) = (cost, limit);
    }

    /// <summary>The name of an <see cref="ICostModel"/>.</summary>
    public string Cost { get; }

    /// <summary>In the cost model's unit: milliseconds, multiply-adds, parameters, bytes.</summary>
    public double Limit { get; }

    /// <summary>The device that the cost is measured on; null when it follows from the network alone.</summary>
    public string? Device => KnownCosts.Device(Cost);

    /// <exception cref="InvalidTargetException">Not of the form <c>macs&lt;=300M</c>, an unknown cost, or a limit without sense.</exception>
    public static Budget Parse(string text)
    {
        var parts = text.Split(Comparison);
        if (parts.Length != 2) throw new InvalidTargetException([$"'{text.Trim()}' is not a budget, expected one such as macs<=300M; known costs: {KnownCosts.List}"]);
        var (cost, limit) = (parts[0].Trim(), parts[1].Trim());
        return KnownCosts.Problem(cost) is string problem ? throw new InvalidTargetException([problem]) : new(cost, ReadLimit(cost, limit));
    }

    /// <param name="costs">By name; holds this budget's cost.</param>
    /// <exception cref="ArgumentException">The costs lack this budget's.</exception>
    public bool IsMetBy(IReadOnlyDictionary<string, double> costs) => costs.TryGetValue(Cost, out var found)
        ? found <= Limit
        : throw new ArgumentException($"the budget '{this}' needs the cost '{Cost}'; found {string.Join(", ", costs.Keys)}", nameof(costs));

    /// <summary>In the largest unit that says the limit exactly; <see cref="Parse"/> reads it back.</summary>
    public override string ToString() => $"{Cost}{Comparison}{KnownCosts.Units(Cost)!.Select(unit => unit.Write(Limit)).FirstOrDefault(text => text is not null) ?? InOwnUnit()}";

    private string InOwnUnit() => FormattableString.Invariant($"{Limit:R}{KnownCosts.Units(Cost)!.Single(unit => unit is { Multiplier: 1, Divisor: 1 }).Suffix}");

    private static double ReadLimit(string cost, string text)
    {
        var units = KnownCosts.Units(cost)!;
        var limit = units.Select(unit => unit.Read(text)).FirstOrDefault(limit => limit is not null);
        if (limit > 0 && double.IsFinite(limit.Value)) return limit.Value;
        var suffixes = string.Join(", ", units.Select(unit => unit.Suffix.Length == 0 ? "no unit" : unit.Suffix));
        throw new InvalidTargetException([$"{cost} is limited to '{text}', expected a number above 0 with one of: {suffixes}"]);
    }
}
