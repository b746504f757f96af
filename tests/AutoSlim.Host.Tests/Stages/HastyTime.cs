namespace AutoSlim.Host.Tests.Stages;

/// <summary>A clock on which every pause is over at once, and noted; what comes again and again does so every millisecond.</summary>
internal sealed class HastyTime : TimeProvider
{
    public List<TimeSpan> Pauses { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero) Pauses.Add(dueTime);
        return base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period > TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : period);
    }
}
