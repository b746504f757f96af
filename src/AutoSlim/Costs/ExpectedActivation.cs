using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>
/// Bytes of activations that one device holds at once, at the worst layer: as <see cref="LeastActivation"/>, but with tensors filled up to the
/// device's blocks of channels and the image kept to the end.
/// </summary>
internal static class ExpectedActivation
{
    /// <summary>
    /// A maximum that falls, if by little, when one of several equal layers gets smaller: at most 0.7 % above it for a thousand of them. A
    /// search could not take the first step down from a tie otherwise.
    /// </summary>
    private const double Sharpness = 1000;

    /// <param name="network">At one configuration.</param>
    /// <param name="alignment">See <see cref="DeviceAlignment"/>.</param>
    public static double Bytes(ResolvedNetwork network, int alignment)
    {
        double[] elements = [.. LiveTensors.Of(network.Definition).Elements(network, alignment, holdsImage: true)];
        var worst = elements.Max();
        return sizeof(float) * worst * Math.Pow(elements.Sum(alive => Math.Pow(alive / worst, Sharpness)), 1 / Sharpness);
    }
}
