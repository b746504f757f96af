namespace AutoSlim.Benchmarks.Fleet.Chaos;

/// <summary>What the chaos trial found.</summary>
internal sealed record ChaosFigures
{
    /// <summary>That were asked.</summary>
    public int Probes { get; init; }

    /// <summary>Of hosts and agents.</summary>
    public int Kills { get; init; }

    /// <summary>Of them.</summary>
    public int HostKills { get; init; }

    /// <summary>Probes without a result, and results that an agent has a receipt for and the ledger lacks.</summary>
    public int Lost { get; init; }

    /// <summary>Probes of which more than one report was taken.</summary>
    public int Duplicated { get; init; }

    /// <summary>Probes whose result in the ledger, or in the answer to who asked, is not that of the quiet run.</summary>
    public int Different { get; init; }

    /// <summary>Receipts of reports that came too late or again.</summary>
    public int StaleOrKnown { get; init; }

    public double Seconds { get; init; }

    /// <summary>Between agents and host while the trouble lasted.</summary>
    public int Messages { get; init; }

    /// <summary>Of them, those that were never passed on.</summary>
    public int Dropped { get; init; }

    public int Delayed { get; init; }

    public int Repeated { get; init; }

    /// <summary>Connections that ended in the middle of a message.</summary>
    public int Cut { get; init; }

    /// <summary>Of agents and host together.</summary>
    public double DiskFullSeconds { get; init; }

    /// <summary>Of the host's wall clock.</summary>
    public int ClockJumps { get; init; }

    /// <summary>What could not be tried here, and why.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>Ends of the host that nobody had ordered.</summary>
    public int HostCrashes { get; init; }

    /// <summary>Ends of agents that nobody had ordered.</summary>
    public int AgentCrashes { get; init; }

    /// <summary>Starts that the host gave up with a message: it cannot on a full disk.</summary>
    public int RefusedStarts { get; init; }

    /// <param name="quiet">Results of the quiet run, by probe.</param>
    /// <param name="ledger">The host's.</param>
    /// <param name="receipts">The agents': probe, fence, receipt.</param>
    /// <param name="answers">What was answered to who asked.</param>
    public static ChaosFigures Of(
        IReadOnlyDictionary<string, byte[]?> quiet, IReadOnlyDictionary<string, byte[]?> ledger, IReadOnlyList<string> receipts, IReadOnlyDictionary<string, byte[]> answers)
    {
        var told = receipts.Select(line => line.Split(' ')).Where(parts => parts.Length == 3).ToLookup(parts => parts[2], parts => parts[0]);
        bool IsThere(string id) => ledger.TryGetValue(id, out var result) && result is not null;
        bool IsSame(string id, byte[]? result) => quiet[id] is byte[] right && result is not null && right.AsSpan().SequenceEqual(result);
        return new()
        {
            Probes = quiet.Count,
            Lost = quiet.Keys.Union(told["Stored"]).Union(told["Known"]).Count(id => !IsThere(id)),
            Duplicated = told["Stored"].CountBy(id => id).Count(pair => pair.Value > 1) + ledger.Keys.Count(id => !quiet.ContainsKey(id)),
            Different = quiet.Keys.Count(id => IsThere(id) && !IsSame(id, ledger[id])) + answers.Count(answer => !IsSame(answer.Key, answer.Value)),
            StaleOrKnown = told["Stale"].Count() + told["Known"].Count(),
        };
    }
}
