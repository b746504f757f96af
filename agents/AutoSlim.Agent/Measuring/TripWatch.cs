namespace AutoSlim.Agent.Measuring;

/// <summary>Looks between samples, and not too often, whether the device is too hot to go on.</summary>
/// <param name="look">Gives the reason, or null.</param>
/// <param name="time">Decides when another look is due.</param>
internal sealed class TripWatch(Func<string?> look, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private long lastLook = time.GetTimestamp();

    /// <summary>Since the first look that saw one; null before.</summary>
    public string? Reason { get; private set; }

    public bool IsDue => time.GetElapsedTime(lastLook) >= Interval;

    /// <summary>Looks, unless there is a reason already.</summary>
    public bool Trips()
    {
        Reason ??= look();
        lastLook = time.GetTimestamp();
        return Reason is not null;
    }
}
