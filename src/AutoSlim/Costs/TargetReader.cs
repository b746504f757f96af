namespace AutoSlim.Costs;

/// <summary>Reads targets and collects every problem of all of them before it gives up.</summary>
internal sealed class TargetReader
{
    private readonly List<Target> targets = [];
    private readonly List<string> names = [];
    private readonly List<string> problems = [];

    public static IReadOnlyList<Target> Read(IEnumerable<string> texts)
    {
        var reader = new TargetReader();
        foreach (var text in texts) reader.Read(text);
        reader.FindSameNames();
        return reader.problems.Count == 0 ? reader.targets : throw new InvalidTargetException(reader.problems);
    }

    /// <summary>What is wrong with a target's name and the combination of its budgets.</summary>
    public static IEnumerable<string> Problems(string name, IReadOnlyList<Budget> budgets)
    {
        if (name is "" or "." or ".." || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            yield return $"target name '{name}' names a folder: expected letters, digits, '-', '_' and '.', and neither '.' nor '..'";
        foreach (var same in budgets.GroupBy(budget => budget.Cost).Where(group => group.Count() > 1))
            yield return $"target '{name}' limits {same.Key} {same.Count()} times ({string.Join(", ", same)}): keep one";
    }

    private void Read(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            problems.Add($"'{text}' is not a target, expected one such as 'small: macs<=300M'; known costs: {KnownCosts.List}");
            return;
        }

        var name = text[..colon].Trim();
        var (budgets, before) = (new List<Budget>(), problems.Count);
        foreach (var part in text[(colon + 1)..].Split(',')) ReadBudget(name, part, budgets);
        names.Add(name);
        problems.AddRange(Problems(name, budgets));
        if (problems.Count == before) targets.Add(new(name, budgets));
    }

    private void ReadBudget(string target, string text, List<Budget> budgets)
    {
        try
        {
            budgets.Add(Budget.Parse(text));
        }
        catch (InvalidTargetException fault)
        {
            problems.AddRange(fault.Problems.Select(problem => $"target '{target}': {problem}"));
        }
    }

    private void FindSameNames() => problems.AddRange(names
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Count() > 1)
        .Select(group => $"{group.Count()} targets are named '{group.Key}': give each its own name, letter case aside"));
}
