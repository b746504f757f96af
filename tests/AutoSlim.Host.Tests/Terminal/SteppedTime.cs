namespace AutoSlim.Host.Tests.Terminal;

/// <summary>A clock that goes on only when told.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public void Advance(TimeSpan span) => ticks += span.Ticks;
}
