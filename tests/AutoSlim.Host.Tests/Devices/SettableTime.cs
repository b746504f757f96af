namespace AutoSlim.Host.Tests.Devices;

/// <summary>A wall clock that somebody sets, and a monotonic one that only goes on.</summary>
internal sealed class SettableTime : TimeProvider
{
    private TimeSpan passed;

    public DateTimeOffset WallClock { get; set; } = DateTimeOffset.UnixEpoch;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan time) => passed += time;

    public override DateTimeOffset GetUtcNow() => WallClock;

    public override long GetTimestamp() => passed.Ticks;
}
