namespace AutoSlim.Costs;

/// <summary>Reads targets and collects every problem of all of them before it gives up.</summary>
internal static class TargetReader
{
    public static IReadOnlyList<Target> Read(IEnumerable<string> texts)
    {
        var (targets, problems) = (new List<Target>(), new List<string>());
        foreach (var text in texts) Read(text, targets, problems);
        problems.AddRange(targets.GroupBy(target => target.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
            .Select(group => $"{group.Count()} targets are named '{group.Key}': give each its own name, letter case aside"));
        return problems.Count == 0 ? targets : throw new InvalidTargetException(problems);
    }

    /// <summary>What is wrong with a target's name and the combination of its budgets.</summary>
    public static List<string> Problems(string name, IReadOnlyList<Budget> budgets)
    {
        var problems = new List<string>();
        if (name is "" or "." or ".." || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            problems.Add($"target name '{name}' names a folder: expected letters, digits, '-', '_' and '.', and neither '.' nor '..'");
        problems.AddRange(budgets.GroupBy(budget => budget.Cost).Where(group => group.Count() > 1)
            .Select(group => $"target '{name}' limits {group.Key} {group.Count()} times ({string.Join(", ", group)}): keep one"));
        return problems;
    }

    private static void Read(string text, List<Target> targets, List<string> problems)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            problems.Add($"'{text}' is not a target, expected one such as 'small: macs<=300M'; known costs: {KnownCosts.List}");
            return;
        }

        var name = text[..colon].Trim();
        var (budgets, found) = (new List<Budget>(), new List<string>());
        foreach (var part in text[(colon + 1)..].Split(',')) Try(() => budgets.Add(Budget.Parse(part)), fault => found.AddRange(fault.Select(it => $"target '{name}': {it}")));
        found.AddRange(Problems(name, budgets));
        if (found.Count == 0) targets.Add(new(name, budgets));
        problems.AddRange(found);
    }

    private static void Try(Action read, Action<IReadOnlyList<string>> failed)
    {
        try
        {
            read();
        }
        catch (InvalidTargetException fault)
        {
            failed(fault.Problems);
        }
    }
}
