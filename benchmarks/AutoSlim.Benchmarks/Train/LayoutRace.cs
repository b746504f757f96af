using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Training.Native;
using MathNet.Numerics.Statistics;

namespace AutoSlim.Benchmarks.Train;

/// <summary>AutoSlim and PyTorch take turns, round by round, over the same steps of one layout.</summary>
internal sealed class LayoutRace(StageConsole console, string python, int threads, int rounds, int stepsPerRound)
{
    private const double LargestLossDifference = 1e-4;

    /// <summary>Round 0 warms up and compares losses, round 1 chooses PyTorch's setting; the others count.</summary>
    private const int FirstTimedRound = 2;

    /// <summary>Whose layers are measured alone.</summary>
    private const int LimitSteps = 2;

    /// <summary>What PyTorch ran on; known after a race.</summary>
    public string Runtime { get; private set; } = "";

    public async Task<LayoutFigures> RunAsync(StrideLayout layout, CancellationToken cancellation)
    {
        var workload = new SandwichWorkload(layout, FirstTimedRound + rounds, stepsPerRound);
        var folder = Directory.CreateTempSubdirectory("autoslim-benchmark-");
        try
        {
            var tensors = Path.Combine(folder.FullName, "steps.safetensors");
            PyTorchSide.WriteTensors(workload, tensors);
            return await RunAsync(workload, tensors, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<LayoutFigures> RunAsync(SandwichWorkload workload, string tensors, CancellationToken cancellation)
    {
        var layout = workload.Definition.Specification.Layout.Word();
        var (settings, differences) = await console.RunStageAsync($"choose PyTorch's setting, {layout}", PyTorchSetting.All(threads).Count, "settings", report =>
            TrySettingsAsync(workload, tensors, report, cancellation));
        var setting = settings.MaxBy(pair => pair.Value).Key;
        var times = await console.RunStageAsync($"race, {layout}", rounds, "rounds", report => RaceAsync(workload, tensors, setting, report, cancellation));
        var quickest = Enumerable.Range(0, rounds).MinBy(round => times[round].Own.Seconds / MultiplyAdds(workload, round));
        var limitSteps = workload.Round(FirstTimedRound).Take(LimitSteps).ToList();
        var limit = await console.RunStageAsync($"layers alone, {layout}", 1000, "layers", report =>
            Task.Run(() => SpeedLimit.Of(workload.Definition, limitSteps, threads, (done, all) => report(1000 * done / all)), cancellation));
        var achieved = MultiplyAdds(workload, quickest) / times[quickest].Own.Seconds;
        var limitWork = limitSteps.Sum(step => step.MultiplyAdds(workload.Definition));
        var ratios = times.Select(time => time.Theirs.Seconds / time.Own.Seconds).ToList();
        return new()
        {
            Layout = layout,
            ImagesPerSecond = workload.ImagesPerRound / Median(times.Select(time => time.Own.Seconds)),
            PytorchImagesPerSecond = workload.ImagesPerRound / Median(times.Select(time => time.Theirs.Seconds)),
            Ratio = Median(ratios),
            Ratios = ratios,
            ProcessorTimeRatio = Median(times.Select(time => time.Theirs.ProcessorSeconds / time.Own.ProcessorSeconds)),
            PytorchSetting = setting.ToString(),
            PytorchSettings = settings.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value),
            LimitFraction = achieved / (limitWork / limit.BestSeconds),
            GigaMultiplyAddsPerSecond = achieved / 1e9,
            StepMilliseconds = 1000 * limitWork / LimitSteps / achieved,
            Layers = limit.ByKind(LimitSteps, workload.Options.BatchSize),
            NormalisationMilliseconds = 1000 * limit.NormalisationSeconds / LimitSteps,
            FirstStepLossDifference = differences[0],
            LossDifferences = differences,
        };
    }

    /// <summary>Images a second of each, and how far the first one's losses are from AutoSlim's.</summary>
    private async Task<(Dictionary<PyTorchSetting, double> Speeds, IReadOnlyList<double> LossDifferences)> TrySettingsAsync(
        SandwichWorkload workload, string tensors, StageReport report, CancellationToken cancellation)
    {
        var own = AutoSlimSide.Losses(workload);
        var speeds = new Dictionary<PyTorchSetting, double>();
        IReadOnlyList<double> differences = [];
        foreach (var setting in PyTorchSetting.All(threads))
        {
            await using var side = PyTorchSide.Start(python, workload, tensors, setting);
            Runtime = await side.DescribeAsync(cancellation);
            var losses = (await side.RunAsync(0, cancellation)).Losses;
            differences = [.. own.Zip(losses, (ours, theirs) => ours.Zip(theirs, (one, other) => Math.Abs(one - other)).Max())];
            speeds[setting] = workload.ImagesPerRound / (await side.RunAsync(1, cancellation)).Time.Seconds;
            report(speeds.Count, $"{setting}: {speeds[setting]:0} images/s");
        }

        return differences[0] <= LargestLossDifference
            ? (speeds, differences)
            : throw new InvalidDataException($"the two sides' losses of the first step differ by {differences[0]:0.0e0}, expected at most {LargestLossDifference:0e0}: they do not compute the same");
    }

    /// <summary>Both in every round; who begins changes from round to round.</summary>
    private async Task<IReadOnlyList<(RoundTime Own, RoundTime Theirs)>> RaceAsync(
        SandwichWorkload workload, string tensors, PyTorchSetting setting, StageReport report, CancellationToken cancellation)
    {
        await using var pytorch = PyTorchSide.Start(python, workload, tensors, setting);
        using var autoslim = new AutoSlimSide(workload);
        await pytorch.RunAsync(0, cancellation);
        autoslim.Run(0, cancellation);
        var times = new List<(RoundTime Own, RoundTime Theirs)>();
        for (var round = FirstTimedRound; round < FirstTimedRound + rounds; round++)
        {
            var early = round % 2 == 0 ? autoslim.Run(round, cancellation) : null;
            var theirs = (await pytorch.RunAsync(round, cancellation)).Time;
            var own = early ?? autoslim.Run(round, cancellation);
            times.Add((own, theirs));
            report(times.Count, $"{workload.ImagesPerRound / own.Seconds:0} images/s, ratio {theirs.Seconds / own.Seconds:0.00}");
        }

        TorchRuntime.ReleaseMemory();
        return times;
    }

    private static double MultiplyAdds(SandwichWorkload workload, int timedRound) =>
        workload.Round(FirstTimedRound + timedRound).Sum(step => step.MultiplyAdds(workload.Definition));

    private static double Median(IEnumerable<double> values) => values.Median();
}
