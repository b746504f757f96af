using Spectre.Console;

namespace AutoSlim.Host.Terminal;

/// <summary>
/// Shows how long stages get on: a progress bar with rate and time left on a terminal, a plain line now and then elsewhere. Write
/// it to the error stream, so that results can be redirected on their own.
/// </summary>
public sealed class StageConsole(IAnsiConsole console, TimeProvider time)
{
    private bool ShowsBars => console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi;

    public static StageConsole For(TextWriter writer) => new(TerminalOutput.For(writer), TimeProvider.System);

    /// <summary>Lines only, for stages that run side by side: a terminal has one place for bars.</summary>
    public static StageConsole PlainFor(TextWriter writer) => new(TerminalOutput.PlainFor(writer), TimeProvider.System);

    /// <summary>Writes a line that stays, above the bar of a stage that runs.</summary>
    public void WriteLine(string line)
    {
        if (ShowsBars) console.WriteLine(line);
        else console.Profile.Out.Writer.WriteLine(line);
    }

    /// <summary>Runs <paramref name="work"/> on the thread pool and shows its reports until it ends.</summary>
    /// <param name="stage">What is done: <c>train supernet</c>.</param>
    /// <param name="totalSteps">At least 1; an upper bound will do.</param>
    /// <param name="unit">What a step is, in the plural: <c>images</c>.</param>
    /// <param name="work">Given the function to report with.</param>
    public Task RunStageAsync(string stage, long totalSteps, string unit, Func<StageReport, Task> work) =>
        RunStageAsync(stage, totalSteps, unit, async report =>
        {
            await work(report);
            return true;
        });

    /// <inheritdoc cref="RunStageAsync(string, long, string, Func{StageReport, Task})"/>
    public Task<T> RunStageAsync<T>(string stage, long totalSteps, string unit, Func<StageReport, Task<T>> work)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 1);
        return ShowsBars
            ? ProgressBar.RunAsync(console, new(stage, totalSteps, unit), work)
            : PlainProgress.RunAsync(console.Profile.Out.Writer, time, new(stage, totalSteps, unit), work);
    }
}
