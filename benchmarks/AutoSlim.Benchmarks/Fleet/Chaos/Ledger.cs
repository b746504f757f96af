using AutoSlim.Host.Fleet.State;

namespace AutoSlim.Benchmarks.Fleet.Chaos;

/// <summary>What a host that has stopped kept of a campaign.</summary>
internal static class Ledger
{
    /// <returns>Results by probe; null for a probe without one.</returns>
    public static IReadOnlyDictionary<string, byte[]?> Read(string state, string campaign)
    {
        using var database = FleetDatabase.OpenFile(Path.Combine(state, "fleet.db"));
        return database.Query<Row>("select id as Id, result as Result from probes where campaign = @campaign", new { campaign }).ToDictionary(row => row.Id, row => row.Result);
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public byte[]? Result { get; init; }
    }
}
