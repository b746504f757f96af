using AutoSlim.Networks;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>Measures the networks of fixed channels and the candidates of every latency budget in turns, anew until each budget has a network that matches it.</summary>
internal sealed class MatchedLatencies(IReadOnlyDictionary<string, ChannelConfiguration> known, IReadOnlyDictionary<SizeBudget, LatencyMatch> matches, TextWriter notices)
{
    private const int Tries = 5;

    /// <summary>Milliseconds of one network each.</summary>
    public required Func<IReadOnlyDictionary<string, ChannelConfiguration>, Task<IReadOnlyDictionary<string, double>>> Measure { get; init; }

    /// <summary>Channels and milliseconds of all networks, measured in turns in the try that matched most.</summary>
    public async Task<IReadOnlyDictionary<string, (ChannelConfiguration Configuration, double Milliseconds)>> RunAsync()
    {
        var (best, bestMatched) = (new Dictionary<string, (ChannelConfiguration, double)>(), -1);
        for (var attempt = 1; attempt <= Tries && bestMatched < matches.Count; attempt++)
        {
            var measured = await Measure(known.Concat(matches.SelectMany(Candidates)).ToDictionary());
            var networks = known.ToDictionary(network => network.Key, network => (network.Value, measured[network.Key]));
            var matched = 0;
            foreach (var (size, match) in matches)
            {
                var ratios = match.Candidates.Index().Select(candidate => measured[NameOf(size, candidate.Index)] / measured[NetworkPlan.UniformName(size)]).ToList();
                var nearest = LatencyMatch.Nearest(ratios);
                networks[NetworkPlan.LatencyName(size)] = (match.Candidates[nearest], measured[NameOf(size, nearest)]);
                await notices.WriteLineAsync($"quality: {size.Name}: {ratios[nearest]:0.000} of the uniform network's latency, of {ratios.Count} between {ratios.Min():0.000} and {ratios.Max():0.000}");
                if (LatencyMatch.IsMatched(ratios[nearest])) matched++;
                else match.LookAgain(ratios);
            }

            if (matched > bestMatched) (best, bestMatched) = (networks, matched);
        }

        return best;
    }

    private static IEnumerable<KeyValuePair<string, ChannelConfiguration>> Candidates(KeyValuePair<SizeBudget, LatencyMatch> match) =>
        match.Value.Candidates.Index().Select(candidate => KeyValuePair.Create(NameOf(match.Key, candidate.Index), candidate.Item));

    private static string NameOf(SizeBudget size, int candidate) => $"{NetworkPlan.LatencyName(size)}.{candidate}";
}
