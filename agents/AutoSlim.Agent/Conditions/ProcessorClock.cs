using System.Globalization;

namespace AutoSlim.Agent.Conditions;

/// <summary>The frequencies of one processor, and whether the system lowered the highest of them since this object was made.</summary>
internal sealed class ProcessorClock
{
    private readonly string folder;
    private readonly int processor;
    private double? highestMegahertz;

    /// <param name="root">Of the file system.</param>
    /// <param name="processor">Counted from 0.</param>
    public ProcessorClock(string root, int processor)
    {
        folder = Path.Combine(root, "sys/devices/system/cpu", string.Create(CultureInfo.InvariantCulture, $"cpu{processor}"), "cpufreq");
        this.processor = processor;
        highestMegahertz = Maximum;
    }

    /// <summary>Now; null when the system does not say.</summary>
    public double? CurrentMegahertz => Read("scaling_cur_freq");

    private double? Maximum => Read("scaling_max_freq");

    /// <summary>
    /// How the system lowered the highest frequency below the hardware's, or null. One that was low from the start is somebody's choice,
    /// which many make so that the figures stay the same.
    /// </summary>
    public string? Lowered()
    {
        var now = Maximum;
        if (now < highestMegahertz && now < (Read("cpuinfo_max_freq") ?? double.PositiveInfinity))
            return FormattableString.Invariant($"the system lowered the highest frequency of processor {processor} from {highestMegahertz:0} to {now:0} MHz");
        if (now is not null) highestMegahertz = now;
        return null;
    }

    private double? Read(string name) => SystemFiles.Number(Path.Combine(folder, name)) is long kilohertz and > 0 and < 1_000_000_000 ? kilohertz / 1000.0 : null;
}
