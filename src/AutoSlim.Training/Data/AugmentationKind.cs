namespace AutoSlim.Training.Data;

/// <summary>What is done to training images, by name.</summary>
public enum AugmentationKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Shifts of up to 2 pixels, flips.</summary>
    Shift,

    /// <summary>Black borders of 4 pixels, random crops of the old size, flips.</summary>
    Cifar,

    /// <summary>The paper's: random resized crops, colour jitter, lighting, flips. For image files only.</summary>
    ImageNet,

    /// <summary>Shifts of up to 2 pixels and nothing mirrored: for digits and letters.</summary>
    Digits,
}
