using AutoSlim.Host.Terminal;
using Spectre.Console;

namespace AutoSlim.Host.Tests.Terminal;

public sealed class StageConsoleTests
{
    private const string Told = "device 'pi' cools for 30 s: [too hot]";

    [Fact]
    public async Task Redirected_progress_is_a_line_for_every_tenth_at_most_one_a_second()
    {
        var time = new SteppedTime();
        var lines = await RunAsync(time, report =>
        {
            for (var done = 0; done <= 1000; done += 10)
            {
                time.Advance(TimeSpan.FromSeconds(0.2));
                report(done, $"loss {done}");
            }

            return Task.CompletedTask;
        });
        Assert.Equal("train: 1,000 images", lines[0]);
        Assert.Equal("train: 10 %, 50 images/s, 0:00:18 left, loss 100", lines[1]);
        Assert.Equal("train: done in 0:00:20", lines[^1]);
        Assert.Equal(12, lines.Length);
    }

    [Fact]
    public async Task A_slow_stage_says_something_twice_a_minute()
    {
        var time = new SteppedTime();
        var lines = await RunAsync(time, report =>
        {
            for (var done = 0; done < 4; done++)
            {
                time.Advance(TimeSpan.FromSeconds(30));
                report(done);
            }

            return Task.CompletedTask;
        });
        Assert.Equal(["train: 1,000 images", "train: 0 %", "train: 0 %, 0.0 images/s, 8:19:30 left"], lines[..3]);
        Assert.Equal(6, lines.Length);
    }

    [Fact]
    public async Task What_an_earlier_sitting_did_does_not_count_for_the_pace()
    {
        var time = new SteppedTime();
        var lines = await RunAsync(time, report =>
        {
            for (var done = 500; done <= 700; done += 100)
            {
                time.Advance(TimeSpan.FromSeconds(30));
                report(done);
            }

            return Task.CompletedTask;
        });
        Assert.Equal(["train: 50 %", "train: 60 %, 3.3 images/s, 0:02:00 left", "train: 70 %, 3.3 images/s, 0:01:30 left"], lines[1..4]);
    }

    [Fact]
    public async Task The_result_of_the_work_comes_back_and_its_failure_too()
    {
        var console = StageConsole.For(new StringWriter());
        Assert.Equal(7, await console.RunStageAsync("slim", 1, "steps", _ => Task.FromResult(7)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => console.RunStageAsync("slim", 1, "steps", _ => throw new InvalidOperationException()));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => console.RunStageAsync("slim", 0, "steps", _ => Task.CompletedTask));
    }

    [Fact]
    public async Task A_line_that_is_told_meanwhile_is_a_line_of_its_own_in_a_log()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var console = new StageConsole(TerminalOutput.For(writer), new SteppedTime());
        await console.RunStageAsync("profile", 10, "probes", _ => Tell(console));
        Assert.Equal(["profile: 10 probes", Told, "profile: done in 0:00:00"], writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task On_a_terminal_it_stands_above_the_bar_which_goes_on()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var terminal = AnsiConsole.Create(new() { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.Yes, Out = new Terminal(writer) });
        var console = new StageConsole(terminal, new SteppedTime());
        await console.RunStageAsync("profile", 10, "probes", _ => Tell(console));
        var text = writer.ToString();
        Assert.Contains($"{Told}\n", text, StringComparison.Ordinal);
        Assert.Contains("100%", text[text.IndexOf(Told, StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private static Task Tell(StageConsole console)
    {
        console.WriteLine(Told);
        return Task.CompletedTask;
    }

    private static async Task<string[]> RunAsync(TimeProvider time, Func<StageReport, Task> work)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        await new StageConsole(TerminalOutput.For(writer), time).RunStageAsync("train", 1000, "images", work);
        return writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private sealed class Terminal(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => 80;

        public int Height => 24;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
