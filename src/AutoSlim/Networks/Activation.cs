namespace AutoSlim.Networks;

/// <summary>The non-linearity fused into a layer's output.</summary>
public enum Activation
{
    None,
    Relu,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6,
}
