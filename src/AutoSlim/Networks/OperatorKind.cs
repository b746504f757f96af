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
}
