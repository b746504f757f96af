using AutoSlim.Networks;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>Measures the networks of fixed channels and the candidates of the latency budgets in turns, anew for the budgets that no network matches yet.</summary>
internal sealed class MatchedLatencies(IReadOnlyDictionary<string, ChannelConfiguration> known, IReadOnlyDictionary<SizeBudget, LatencyMatch> matches, TextWriter notices)
{
    private const int Tries = 5;

    private readonly Dictionary<string, TimedNetwork> found = [];

    /// <summary>Milliseconds of one network each.</summary>
    public required Func<IReadOnlyDictionary<string, ChannelConfiguration>, Task<IReadOnlyDictionary<string, double>>> Measure { get; init; }

    /// <summary>All networks by name; for a budget that none matches, the one that came nearest.</summary>
    public async Task<IReadOnlyDictionary<string, TimedNetwork>> RunAsync()
    {
        var open = matches.Keys.ToList();
        for (var attempt = 1; attempt <= Tries && open.Count > 0; attempt++)
        {
            var measured = await Measure(known.Concat(open.SelectMany(Candidates)).ToDictionary());
            foreach (var (name, configuration) in known) found.TryAdd(name, new(configuration, measured[name]));
            foreach (var size in open.ToList())
                if (await MatchesAsync(size, measured)) open.Remove(size);
        }

        return found;
    }

    /// <summary>Keeps the best candidate so far; where it does not match, others come next.</summary>
    private async Task<bool> MatchesAsync(SizeBudget size, IReadOnlyDictionary<string, double> measured)
    {
        var (match, name, uniform) = (matches[size], NetworkPlan.LatencyName(size), measured[NetworkPlan.UniformName(size)]);
        var tried = match.Candidates.Select((channels, index) => new TimedNetwork(channels, measured[NameOf(size, index)], uniform)).ToList();
        found[name] = LatencyMatch.Nearest(found.TryGetValue(name, out var before) ? [.. tried, before] : tried);
        await notices.WriteLineAsync($"quality: {size.Name}: {found[name].Ratio:0.000} of the uniform network's latency; of {tried.Count} between {tried.Min(network => network.Ratio):0.000} and {tried.Max(network => network.Ratio):0.000}");
        if (LatencyMatch.IsMatched(found[name])) return true;
        match.LookAgain(tried);
        return false;
    }

    private IEnumerable<KeyValuePair<string, ChannelConfiguration>> Candidates(SizeBudget size) =>
        matches[size].Candidates.Select((channels, index) => KeyValuePair.Create(NameOf(size, index), channels));

    private static string NameOf(SizeBudget size, int candidate) => $"{NetworkPlan.LatencyName(size)}.{candidate}";
}
