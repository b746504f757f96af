using AutoSlim.Networks;

namespace AutoSlim.Costs.Import;

/// <summary>What a foreign table is read into, with every problem of it: a reader goes on after a wrong entry.</summary>
internal sealed class ForeignTimes(ImportOptions options)
{
    /// <summary>A grid of step 8 over ResNet-50 has a third of it.</summary>
    public const int MaximumTimes = 500_000;

    private const int ProblemsShown = 20;
    private const double ShortestMicroseconds = 1e-3;
    private const double LongestMicroseconds = 60e6;

    private readonly List<TimedOperators> timed = [];
    private readonly List<UnmappedTimes> unmapped = [];
    private readonly List<string> problems = [];
    private int problemCount;

    public IReadOnlyList<TimedOperators> Timed => timed;

    public IReadOnlyList<UnmappedTimes> Unmapped => unmapped;

    /// <summary>Those found so far; the last line counts what is not shown.</summary>
    public IReadOnlyList<string> Problems => problemCount > problems.Count ? [.. problems, $"and {problemCount - problems.Count:N0} more problems"] : problems;

    /// <param name="name">For messages.</param>
    /// <param name="operators">That ran in it.</param>
    /// <param name="time">As the file has it.</param>
    /// <param name="samples">At least 1.</param>
    public void Add(string name, IReadOnlyList<LayerSignature> operators, double time, int samples)
    {
        var microseconds = options.Microseconds(time);
        if (microseconds is >= ShortestMicroseconds and <= LongestMicroseconds) timed.Add(new(operators, microseconds, samples));
        else Problem(FormattableString.Invariant($"'{name}' takes {time}, that is {microseconds} us for an image: expected above 0.001 us and at most a minute; is the unit right (--unit)?"));
    }

    public void LeaveOut(string name, int times, string reason) => unmapped.Add(new(OneLine.Of(name), times, OneLine.Of(reason)));

    public void Problem(string problem)
    {
        problemCount++;
        if (problems.Count < ProblemsShown) problems.Add(OneLine.Of(problem));
    }
}
