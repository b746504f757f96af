using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>Bytes by which one device grows while a network runs, beyond what it holds with the network loaded; see <see cref="MemoryCalibration"/>.</summary>
/// <param name="deviceName">As it is enrolled.</param>
/// <param name="alignment">See <see cref="DeviceAlignment"/>.</param>
/// <param name="calibration">Of networks measured there.</param>
public sealed class DeviceMemory(string deviceName, int alignment, MemoryCalibration calibration) : ICostModel
{
    public string Name { get; } = NameFor(deviceName);

    public MemoryCalibration Calibration { get; } = calibration;

    /// <summary>How a budget names the memory on a device: <c>memory@phone</c>.</summary>
    public static string NameFor(string deviceName) => $"{KnownCosts.MemoryPrefix}{deviceName}";

    /// <summary>What was measured of a network, to calibrate with.</summary>
    public static MemoryAnchor Anchor(ResolvedNetwork network, int alignment, long measuredBytes) => new(ExpectedActivation.Bytes(network, alignment), measuredBytes);

    /// <summary>Never below <see cref="LeastActivation"/>.</summary>
    public double Price(ResolvedNetwork network) => Math.Max(LeastActivation.Bytes(network), Predicted(network));

    public double Pressure(ResolvedNetwork network) => Math.Max(LeastActivation.Pressure(network), Predicted(network));

    private double Predicted(ResolvedNetwork network) => Calibration.PredictBytes(ExpectedActivation.Bytes(network, alignment));
}
