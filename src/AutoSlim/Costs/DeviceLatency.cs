using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>Milliseconds for one image on one device: measured operators, calibrated with whole networks.</summary>
/// <param name="deviceName">As it is enrolled.</param>
/// <param name="table">What its operators take.</param>
/// <param name="calibration">What a network takes beyond them.</param>
public sealed class DeviceLatency(string deviceName, CostTable table, LatencyCalibration calibration) : ICostModel
{
    public string Name { get; } = NameFor(deviceName);

    public LatencyCalibration Calibration { get; } = calibration;

    /// <summary>How a budget names the latency on a device: <c>latency@phone</c>.</summary>
    public static string NameFor(string deviceName) => $"{KnownCosts.LatencyPrefix}{deviceName}";

    /// <exception cref="MissingCostException">An operator cannot be priced: profile the network first.</exception>
    public double Price(ResolvedNetwork network) => Calibration.PredictMilliseconds(LatencyTerms.Of(network, table));
}
