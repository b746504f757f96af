using System.Diagnostics;

namespace AutoSlim.Benchmarks.Train;

/// <summary>What a piece of work takes when nothing disturbs it: the quickest of several samples.</summary>
internal static class QuickestTime
{
    private const int Samples = 5;
    private const double SampleSeconds = 0.004;

    /// <summary>Work that is so much slower at first is not tried again.</summary>
    private const double Hopeless = 1.7;

    /// <summary>Seconds of one repetition.</summary>
    /// <param name="run">Given how many.</param>
    /// <param name="best">Of another way to do the same.</param>
    public static double Of(Action<int> run, double best = double.PositiveInfinity)
    {
        run(1);
        var seconds = Seconds(run, 1);
        if (seconds > Hopeless * best) return seconds;
        var repetitions = Math.Max(1, (int)(SampleSeconds / seconds));
        for (var sample = 0; sample < Samples; sample++) seconds = Math.Min(seconds, Seconds(run, repetitions) / repetitions);
        return seconds;
    }

    private static double Seconds(Action<int> run, int repetitions)
    {
        var clock = Stopwatch.StartNew();
        run(repetitions);
        return clock.Elapsed.TotalSeconds;
    }
}
