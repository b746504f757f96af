namespace AutoSlim.Costs;

/// <summary>A whole network whose memory was measured, to calibrate predictions with.</summary>
/// <param name="ExpectedBytes">Of activations alive at once on this device; above 0.</param>
/// <param name="MeasuredBytes">Above 0.</param>
public sealed record MemoryAnchor(double ExpectedBytes, double MeasuredBytes)
{
    internal bool IsUsable => ExpectedBytes > 0 && double.IsFinite(ExpectedBytes) && MeasuredBytes > 0 && double.IsFinite(MeasuredBytes);
}
