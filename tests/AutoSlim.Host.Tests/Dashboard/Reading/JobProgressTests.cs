using AutoSlim.Host.Dashboard.Reading;

namespace AutoSlim.Host.Tests.Dashboard.Reading;

public sealed class JobProgressTests
{
    [Theory]
    [InlineData(0, "running", "", 0)]
    [InlineData(1, "running", "profile phone: 40 %, 2.1 entries/s, 0:00:15 left, context 8x8x8", 35)]
    [InlineData(1, "failed", "profile phone: 40 %, 2.1 entries/s", 25)]
    [InlineData(4, "done", "", 100)]
    public void The_present_steps_own_progress_counts_while_it_runs(int done, string state, string line, double percent) =>
        Assert.Equal(percent, JobProgress.Percent(new("id", "night", state, ["a", "b", "c", "d"], done, line, null, default, null, null)));
}
