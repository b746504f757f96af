namespace AutoSlim.Networks;

/// <summary>The non-linearity fused into a layer's output.</summary>
public enum Activation
{
    None,
    Relu,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6,

    /// <summary>x times <see cref="HardSigmoid"/> of x (Howard et al. 2019).</summary>
    HardSwish,

    /// <summary>min(max(x / 6 + 1/2, 0), 1).</summary>
    HardSigmoid,
}
