using AutoSlim.Networks;

namespace AutoSlim.Training.Supernets;

/// <summary>Which layer reads an output last: behind it the output is needed no more, but for a way back, which keeps its own.</summary>
internal sealed class LastReaders
{
    private readonly Dictionary<string, string> readers = [];

    public LastReaders(ResolvedNetwork network)
    {
        foreach (var layer in network.Layers)
            foreach (var input in layer.Layer.Inputs) readers[input] = layer.Name;
    }

    /// <summary>The inputs that nobody behind <paramref name="layer"/> reads.</summary>
    public IEnumerable<string> DoneBehind(ResolvedLayer layer) => layer.Layer.Inputs.Distinct().Where(input => readers[input] == layer.Name);
}
