using System.Text.Json;
using AutoSlim.Files;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>What the searches of one supernet came to: the networks that are trained and compared. Their channels lie in their folders.</summary>
internal sealed record NetworkPlan(IReadOnlyList<PlannedNetwork> Networks)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public IEnumerable<ComparedPair> Pairs() => SizeBudget.All.SelectMany(size => new[]
    {
        ComparedPair.OfMultiplyAdds($"{size.Name} macs", Named(MultiplyAddsName(size)), Named(UniformName(size))),
        ComparedPair.OfLatency($"{size.Name} latency", Named(LatencyName(size)), Named(UniformName(size))),
    });

    // A run folder keeps the names that begin with "uniform-" for partners, of which these are none.
    public static string UniformName(SizeBudget size) => $"{size.Name}-uniform";

    public static string MultiplyAddsName(SizeBudget size) => $"{size.Name}-macs";

    public static string LatencyName(SizeBudget size) => $"{size.Name}-latency";

    /// <summary>Null before the searches have ended.</summary>
    public static NetworkPlan? Read(string path) => File.Exists(path) ? JsonSerializer.Deserialize<NetworkPlan>(File.ReadAllText(path), Json) : null;

    public void Write(string path) => WholeFile.WriteText(path, JsonSerializer.Serialize(this, Json) + "\n");

    private PlannedNetwork Named(string name) => Networks.Single(network => network.Name == name);
}
