using Spectre.Console;

namespace AutoSlim.Host.Terminal;

/// <summary>A stage's progress on a terminal: name, bar, percentage, rate, time left, detail, in one line of 80 columns.</summary>
internal static class ProgressBar
{
    private const int BarColumns = 16;

    public static Task<T> RunAsync<T>(IAnsiConsole console, Stage stage, Func<StageReport, Task<T>> work) => console
        .Progress()
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = BarColumns },
            new PercentageColumn(),
            new RateColumn(stage),
            new RemainingTimeColumn(),
            new DetailColumn())
        .StartAsync(async context =>
        {
            var task = context.AddTask(Markup.Escape(stage.Name), maxValue: stage.TotalSteps);
            var result = await Task.Run(() => work((doneSteps, detail) => Show(task, doneSteps, detail)));
            task.Value = task.MaxValue;
            return result;
        });

    private static void Show(ProgressTask task, long doneSteps, string detail)
    {
        task.Value = doneSteps;
        DetailColumn.Set(task, detail);
    }
}
