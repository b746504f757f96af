namespace AutoSlim.Costs.Import.NetAdapt;

/// <summary>The values that a pickle's instructions work on. Nothing is ever called: there are only plain values, lists and maps.</summary>
internal sealed class PickleStack
{
    private const int MaximumValues = 6_000_000;

    private readonly List<object?> values = [];
    private readonly Stack<int> marks = [];
    private readonly Dictionary<long, object?> memo = [];
    private int made;

    /// <exception cref="FormatException">There are no values, or far more than a table has.</exception>
    public void Push(object? value)
    {
        CountUp();
        values.Add(value);
    }

    public object? Pop()
    {
        if (values.Count == 0 || marks.TryPeek(out var mark) && values.Count <= mark) throw Damaged();
        var value = values[^1];
        values.RemoveAt(values.Count - 1);
        return value;
    }

    public T Top<T>()
        where T : class => values.LastOrDefault() as T ?? throw Damaged();

    public void Mark() => marks.Push(values.Count);

    /// <summary>Everything since the last mark.</summary>
    public object?[] PopToMark()
    {
        if (!marks.TryPop(out var mark) || mark > values.Count) throw Damaged();
        object?[] popped = [.. values[mark..]];
        values.RemoveRange(mark, values.Count - mark);
        return popped;
    }

    public object?[] Pop(int count)
    {
        var popped = new object?[count];
        for (var index = count - 1; index >= 0; index--) popped[index] = Pop();
        return popped;
    }

    /// <param name="index">Where; the next free place by default.</param>
    public void Remember(long? index = null)
    {
        CountUp();
        memo[index ?? memo.Count] = values.Count > 0 ? values[^1] : throw Damaged();
    }

    public void Recall(long index) => Push(memo.TryGetValue(index, out var value) ? value : throw Damaged());

    /// <summary>The one value that is left.</summary>
    public object? Result() => values.Count == 1 && marks.Count == 0 ? values[0] : throw Damaged();

    private void CountUp()
    {
        if (++made > MaximumValues) throw new FormatException($"makes more than {MaximumValues:N0} values, which no latency table has");
    }

    private static FormatException Damaged() => new("is damaged: its instructions do not fit together");
}
