namespace AutoSlim.Profiling;

/// <summary>How a probe ended.</summary>
public enum ProbeStatus
{
    /// <summary>The samples can be used.</summary>
    Ok = 0,

    /// <summary>The machine was too busy or the time too short: ask again later.</summary>
    Unstable = 1,

    /// <summary>The model cannot be fetched, loaded or run here: asking again will not help.</summary>
    Failed = 2,

    /// <summary>The device held its processor back because it was too hot: the samples are of another device. Ask again when it has cooled.</summary>
    Thermal = 3,
}
