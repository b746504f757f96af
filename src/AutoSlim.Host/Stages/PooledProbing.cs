using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;

namespace AutoSlim.Host.Stages;

/// <summary>
/// Spreads entries over equal devices that share one cost table, each kept at its own speed by a <see cref="SteadyProbing"/>. Devices that
/// are not equal in speed would make a table of nothing: they are told from each other before anything is measured.
/// </summary>
/// <param name="members">At least one.</param>
/// <param name="table">Takes the measurements.</param>
/// <param name="tell">Takes what a person should know.</param>
internal sealed class PooledProbing(IReadOnlyList<ConnectedDevice> members, CostTable table, Action<string> tell)
{
    private readonly Lock gate = new();

    public Steadiness Steadiness { get; init; }

    /// <inheritdoc cref="SteadyProbing.RunAsync"/>
    /// <exception cref="CommandFailedException">A device could not measure an entry, or the devices disagree; names it and the reason.</exception>
    public async Task<double> RunAsync(IReadOnlyList<ProbeEntry> work, ulong seed, Action<double, string> onProbe, Action onChunk, CancellationToken cancellation)
    {
        if (members.Count > 1) await RequireAgreementAsync(cancellation);
        var (done, shares) = (new double[members.Count], Shares(work));
        var drifts = await Task.WhenAll(members.Select((member, index) => ShareOf(member).RunAsync(
            shares[index], seed + (ulong)index, (entries, name) => Report(index, entries, name), onChunk, cancellation)));
        return drifts.MaxBy(Math.Abs);

        void Report(int member, double entries, string name)
        {
            lock (gate)
            {
                done[member] = entries;
                onProbe(done.Sum(), name);
            }
        }
    }

    /// <summary>An operator goes where its context goes: the difference of two devices would be taken for its time.</summary>
    private IReadOnlyList<ProbeEntry>[] Shares(IReadOnlyList<ProbeEntry> work)
    {
        var shares = members.Select(_ => new List<ProbeEntry>()).ToArray();
        foreach (var together in work.GroupBy(ContextOf)) shares.MinBy(share => share.Count)!.AddRange(together);
        return shares;
    }

    private static string ContextOf(ProbeEntry entry) => ProbeEntry.OperatorNamed(entry.Name) is { } signature ? ProbeEntry.Context(signature).Name : entry.Name;

    private SteadyProbing ShareOf(ConnectedDevice member) => new(member, table, tell) { Steadiness = Steadiness, Gate = gate };

    /// <summary>One operator on each: its repeats lie within 1 % on a device at rest.</summary>
    private async Task RequireAgreementAsync(CancellationToken cancellation)
    {
        var watches = await Task.WhenAll(members.Select(member => SpeedWatch.BeginAsync(member, cancellation)));
        var far = members.Zip(watches, (member, watch) => (member.Agent, Off: watch.DriftFrom(watches[0]))).MaxBy(other => Math.Abs(other.Off));
        if (Math.Abs(far.Off) <= SpeedWatch.LostShare) return;
        var disagreement = FormattableString.Invariant($"device '{far.Agent}' of '{members[0].Name}' runs {far.Off:+0.0 %;-0.0 %} off '{members[0].Agent}'");
        if (Steadiness == Steadiness.Required)
            throw new CommandFailedException($"{disagreement}, more than {SpeedWatch.LostShare:0 %}: they are not equal; enrol it under a name of its own, or let them settle and try again");
        tell($"profile: {disagreement}; their times are taken together all the same");
    }
}
