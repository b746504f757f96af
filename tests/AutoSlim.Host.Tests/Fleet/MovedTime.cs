namespace AutoSlim.Host.Tests.Fleet;

/// <summary>A clock that a test moves.</summary>
internal sealed class MovedTime : TimeProvider
{
    private DateTimeOffset now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Move(TimeSpan by) => now += by;
}
