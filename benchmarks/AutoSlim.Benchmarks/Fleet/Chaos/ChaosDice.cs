namespace AutoSlim.Benchmarks.Fleet.Chaos;

/// <summary>Decides what happens to messages, and counts it. While it is at rest all pass.</summary>
internal sealed class ChaosDice(int seed)
{
    private const double DropShare = 0.003;
    private const double CutShare = 0.01;
    private const double RepeatShare = 0.02;
    private const double DelayShare = 0.05;
    private const int LongestDelayMilliseconds = 500;

    private readonly Random random = new(seed);
    private readonly int[] thrown = new int[Enum.GetValues<ChaosFate>().Length];

    public bool IsAtRest { get; set; }

    public int Count(ChaosFate fate) => thrown[(int)fate];

    public ChaosFate Throw()
    {
        lock (random)
        {
            if (IsAtRest) return ChaosFate.Pass;
            var fate = Fate(random.NextDouble());
            thrown[(int)fate]++;
            return fate;
        }
    }

    public TimeSpan Delay() => TimeSpan.FromMilliseconds(Below(LongestDelayMilliseconds));

    public int Below(int limit)
    {
        lock (random) return random.Next(limit);
    }

    private static ChaosFate Fate(double roll) => roll switch
    {
        < DropShare => ChaosFate.Drop,
        < DropShare + CutShare => ChaosFate.Cut,
        < DropShare + CutShare + RepeatShare => ChaosFate.Repeat,
        < DropShare + CutShare + RepeatShare + DelayShare => ChaosFate.Delay,
        _ => ChaosFate.Pass,
    };
}
