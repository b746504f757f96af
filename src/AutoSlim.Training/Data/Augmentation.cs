namespace AutoSlim.Training.Data;

/// <summary>Random changes to a training image: what moves in from outside is black.</summary>
/// <param name="MaximumShiftPixels">Each axis moves by a random whole number of pixels up to this, either way.</param>
/// <param name="Flip">Whether every second image, at random, is mirrored left to right.</param>
public sealed record Augmentation(int MaximumShiftPixels, bool Flip)
{
    public static Augmentation None { get; } = new(0, Flip: false);

    /// <summary>Shifts of up to 2 pixels and flips: for small photographs and clothes, not for digits.</summary>
    public static Augmentation ShiftAndFlip { get; } = new(2, Flip: true);

    internal Placement Draw(ref SplitMix64 random)
    {
        if (this == None) return default;
        var span = 2 * MaximumShiftPixels + 1;
        return new(random.Below(span) - MaximumShiftPixels, random.Below(span) - MaximumShiftPixels, Flip && random.Below(2) == 1);
    }
}
