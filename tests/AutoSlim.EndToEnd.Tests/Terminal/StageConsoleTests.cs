using AutoSlim.Host.Terminal;

namespace AutoSlim.EndToEnd.Tests.Terminal;

public sealed class StageConsoleTests
{
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

    private static async Task<string[]> RunAsync(TimeProvider time, Func<StageReport, Task> work)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        await new StageConsole(TerminalOutput.For(writer), time).RunStageAsync("train", 1000, "images", work);
        return writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
