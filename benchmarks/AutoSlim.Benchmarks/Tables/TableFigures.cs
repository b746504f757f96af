namespace AutoSlim.Benchmarks.Tables;

/// <summary>What the measurement of tables found.</summary>
/// <param name="Resolution">Of the images, pixels.</param>
/// <param name="Alignment">Channels that the device works on at once.</param>
/// <param name="Networks">One row each.</param>
/// <param name="RepeatPercent">Median difference of two tables of one network; null when the device was too busy.</param>
/// <param name="RepeatLoadedPercent">The same with another process on one core during the second.</param>
/// <param name="RepeatDropPercent">Samples that the second table dropped.</param>
/// <param name="RepeatLoadedDropPercent">The same under load.</param>
/// <param name="AgentOverheadPercent">What the agent adds to the times that a bare loop of the runtime measures.</param>
/// <param name="DeviceMinutes">That the repeated network's table took.</param>
internal sealed record TableFigures(
    int Resolution, int Alignment, IReadOnlyList<NetworkRow> Networks, double? RepeatPercent, double? RepeatLoadedPercent,
    double? RepeatDropPercent, double? RepeatLoadedDropPercent, double AgentOverheadPercent, double? DeviceMinutes);
