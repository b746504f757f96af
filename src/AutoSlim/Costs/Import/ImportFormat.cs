namespace AutoSlim.Costs.Import;

/// <summary>Whose latency tables can be read.</summary>
public enum ImportFormat
{
    /// <summary>A pickle of single layers at many widths, seconds for one batch.</summary>
    NetAdapt,

    /// <summary>YAML of inverted residual blocks, with or without squeeze and excitation, milliseconds.</summary>
    OnceForAll,

    /// <summary>YAML of inverted residual blocks, milliseconds.</summary>
    ProxylessNas,
}
