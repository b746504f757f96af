namespace AutoSlim.Networks;

/// <summary>The fused operators that a device is measured on.</summary>
public enum OperatorKind
{
    Convolution,
    DepthwiseConvolution,
    Addition,
    MaxPooling,
    GlobalAveragePooling,
    Linear,

    /// <summary>1x1 convolution with bias and without batch norm, on a map of one pixel.</summary>
    BiasedPointwise,

    /// <summary>Each channel times its own factor.</summary>
    Scaling,
}
