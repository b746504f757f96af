namespace AutoSlim.Costs;

/// <summary>See <see cref="ICostModel.Pressure"/>.</summary>
internal static class PeakPressure
{
    /// <summary>The maximum, and the share of the layers that reach it as a fraction of one unit.</summary>
    /// <param name="byLayer">At least one.</param>
    public static double Of(IReadOnlyCollection<long> byLayer)
    {
        var peak = byLayer.Max();
        return peak + (double)byLayer.Count(cost => cost == peak) / (byLayer.Count + 1);
    }
}
