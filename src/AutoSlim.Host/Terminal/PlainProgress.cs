namespace AutoSlim.Host.Terminal;

/// <summary>A stage's progress as single lines for logs.</summary>
internal sealed class PlainProgress
{
    private readonly Lock writing = new();
    private readonly TextWriter writer;
    private readonly TimeProvider time;
    private readonly Stage stage;
    private readonly long start;

    /// <summary>What an earlier sitting did comes with the first report, and says nothing on the pace.</summary>
    private (long Steps, long Time)? first;

    private long lastLine;
    private double lastShare;

    private PlainProgress(TextWriter writer, TimeProvider time, Stage stage)
    {
        (this.writer, this.time, this.stage) = (writer, time, stage);
        start = lastLine = time.GetTimestamp();
    }

    public static async Task<T> RunAsync<T>(TextWriter writer, TimeProvider time, Stage stage, Func<StageReport, Task<T>> work)
    {
        var progress = new PlainProgress(writer, time, stage);
        writer.WriteLine($"{stage.Name}: {stage.TotalSteps:N0} {stage.Unit}");
        var result = await Task.Run(() => work(progress.Report));
        writer.WriteLine($"{stage.Name}: done in {Clock(time.GetElapsedTime(progress.start))}");
        return result;
    }

    private void Report(long doneSteps, string detail)
    {
        lock (writing)
        {
            first ??= (doneSteps, time.GetTimestamp());
            var share = Math.Min(1, (double)doneSteps / stage.TotalSteps);
            if (!LineInterval.IsOver(share - lastShare, time.GetElapsedTime(lastLine))) return;
            (lastShare, lastLine) = (share, time.GetTimestamp());
            writer.WriteLine(Line(doneSteps, share, detail));
        }
    }

    private string Line(long doneSteps, double share, string detail)
    {
        return $"{stage.Name}: {share * 100:0} %{Pace(doneSteps)}{(detail.Length == 0 ? "" : $", {detail}")}";
    }

    private string Pace(long doneSteps)
    {
        if (first is not var (steps, since) || doneSteps <= steps) return "";
        var perSecond = (doneSteps - steps) / time.GetElapsedTime(since).TotalSeconds;
        return $", {stage.Rate(perSecond)}, {Clock(TimeSpan.FromSeconds(Math.Max(0, stage.TotalSteps - doneSteps) / perSecond))} left";
    }

    private static string Clock(TimeSpan span) => $"{(int)span.TotalHours}:{span:mm\\:ss}";
}
