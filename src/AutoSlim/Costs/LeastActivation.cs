using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>
/// Bytes of activations that no runtime does without, at the worst layer, for one 32-bit image: in whatever order it runs the layers and
/// although it adds into a tensor that is there. <see cref="PeakActivation"/> counts the layers in the order of the definition and every sum apart.
/// </summary>
public static class LeastActivation
{
    public static long Bytes(ResolvedNetwork network) => BytesByLayer(network).Max();

    internal static double Pressure(ResolvedNetwork network) => PeakPressure.Of([.. BytesByLayer(network)]);

    private static IEnumerable<long> BytesByLayer(ResolvedNetwork network) =>
        LiveTensors.Of(network.Definition).Elements(network, block: 1, holdsImage: false).Select(elements => elements * sizeof(float));
}
