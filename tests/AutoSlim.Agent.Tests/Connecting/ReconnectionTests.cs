using AutoSlim.Agent.Connecting;

namespace AutoSlim.Agent.Tests.Connecting;

public sealed class ReconnectionTests
{
    private readonly List<Exception> failures = [];
    private int attempts;

    /// <summary>A host that stops in good order cancels what it was asked, and a handshake that takes too long is cancelled too.</summary>
    [Fact]
    public async Task An_attempt_that_was_cancelled_from_elsewhere_is_made_again()
    {
        await Reconnection.Pipeline(failures.Add).ExecuteAsync(_ => ++attempts == 1 ? throw new TaskCanceledException() : ValueTask.CompletedTask, TestContext.Current.CancellationToken);
        Assert.Equal(2, attempts);
        Assert.IsType<TaskCanceledException>(Assert.Single(failures));
    }

    [Fact]
    public async Task A_refusal_is_not_asked_again()
    {
        await Assert.ThrowsAsync<AgentException>(() => AttemptAsync(() => throw new AgentException("no"), TestContext.Current.CancellationToken));
        Assert.Equal((1, 0), (attempts, failures.Count));
    }

    [Fact]
    public async Task An_agent_that_is_stopped_makes_no_further_attempt()
    {
        using var stopping = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AttemptAsync(() =>
        {
            stopping.Cancel();
            throw new OperationCanceledException(stopping.Token);
        }, stopping.Token));
        Assert.Equal((1, 0), (attempts, failures.Count));
    }

    private async Task AttemptAsync(Action attempt, CancellationToken stopping) => await Reconnection.Pipeline(failures.Add).ExecuteAsync(_ =>
    {
        attempts++;
        attempt();
        return ValueTask.CompletedTask;
    }, stopping);
}
