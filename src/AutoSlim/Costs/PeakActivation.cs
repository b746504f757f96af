using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>
/// Bytes of the activations alive at once, at the worst layer, for one 32-bit image: every tensor counts from the layer that
/// writes it to the last layer that reads it. What a device takes is <see cref="DeviceMemory"/>: more, or less where it adds in place.
/// </summary>
public sealed class PeakActivation : ICostModel
{
    public string Name => "memory";

    public double Price(ResolvedNetwork network) => Bytes(network);

    public double Pressure(ResolvedNetwork network) => PeakPressure.Of([.. BytesByLayer(network)]);

    public static long Bytes(ResolvedNetwork network) => BytesByLayer(network).Max();

    private static IEnumerable<long> BytesByLayer(ResolvedNetwork network)
    {
        var lastReader = LastReaders(network);
        var alive = new Dictionary<string, long> { [NetworkDefinition.InputName] = network.Input.Elements };
        foreach (var (place, layer) in network.Layers.Index())
        {
            alive[layer.Name] = layer.Output.Elements;
            yield return alive.Values.Sum() * sizeof(float);
            foreach (var input in layer.Layer.Inputs.Where(input => lastReader[input] == place)) alive.Remove(input);
        }
    }

    private static Dictionary<string, int> LastReaders(ResolvedNetwork network)
    {
        var readers = new Dictionary<string, int>();
        for (var i = 0; i < network.Layers.Count; i++)
            foreach (var input in network.Layers[i].Layer.Inputs)
                readers[input] = i;
        return readers;
    }
}
