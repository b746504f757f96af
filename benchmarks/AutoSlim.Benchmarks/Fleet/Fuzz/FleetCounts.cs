namespace AutoSlim.Benchmarks.Fleet.Fuzz;

/// <summary>What the host's state holds, in rows.</summary>
internal sealed record FleetCounts(long Devices, long Credentials, long Jobs, long Probes, long Answered)
{
    public int Differences(FleetCounts before) => new[]
    {
        Devices != before.Devices, Credentials != before.Credentials, Jobs != before.Jobs, Probes != before.Probes, Answered != before.Answered,
    }.Count(isOther => isOther);
}
