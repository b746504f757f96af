namespace AutoSlim.Networks;

/// <summary>Where a network halves its resolution.</summary>
public enum StrideLayout
{
    /// <summary>As published for 224-pixel images: a factor of 32 in all.</summary>
    Imagenet,

    /// <summary>For 32-pixel images: the stem and the second halving stage at stride 1, a factor of 8 in all.</summary>
    Cifar,
}
