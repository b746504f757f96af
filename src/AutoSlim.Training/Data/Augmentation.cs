namespace AutoSlim.Training.Data;

/// <summary>Random changes to a training image: what moves in from outside is black.</summary>
/// <param name="MaximumShiftPixels">Each axis moves by a random whole number of pixels up to this, either way.</param>
/// <param name="Flip">Whether every second image, at random, is mirrored left to right.</param>
public sealed record Augmentation(int MaximumShiftPixels, bool Flip)
{
    public static Augmentation None { get; } = new(0, Flip: false);

    /// <summary>Shifts of up to 2 pixels and flips: for small photographs and clothes, not for digits.</summary>
    public static Augmentation ShiftAndFlip { get; } = new(2, Flip: true);

    /// <summary>Shifts of up to 2 pixels: a mirrored digit is another or none.</summary>
    public static Augmentation ShiftOnly { get; } = new(2, Flip: false);

    /// <summary>CIFAR's usual one: a black border of 4 pixels, a random crop of the old size, flips.</summary>
    public static Augmentation PadAndFlip { get; } = new(4, Flip: true);

    /// <summary>The paper's for ImageNet (section 4.1): crops of a quarter of the area and more, colour jitter 0.4, lighting 0.1, flips.</summary>
    public static Augmentation ImageNet { get; } = new(0, Flip: true) { Crop = RandomCrop.ImageNet, Colour = ColourJitter.ImageNet, Light = Lighting.ImageNet };

    /// <summary>What kinds are called, in files and on the command line.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<AugmentationKind>().Select(NameOf)];

    internal RandomCrop? Crop { get; init; }

    internal ColourJitter? Colour { get; init; }

    internal Lighting? Light { get; init; }

    public static Augmentation Of(AugmentationKind kind) => kind switch
    {
        AugmentationKind.None => None,
        AugmentationKind.Shift => ShiftAndFlip,
        AugmentationKind.Cifar => PadAndFlip,
        AugmentationKind.ImageNet => ImageNet,
        AugmentationKind.Digits => ShiftOnly,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of augmentation"),
    };

    /// <summary>The kind of that name, or null.</summary>
    public static AugmentationKind? Parse(string name) =>
        Enum.GetValues<AugmentationKind>().Cast<AugmentationKind?>().FirstOrDefault(kind => NameOf(kind!.Value) == name);

    internal static string NameOf(AugmentationKind kind) => kind.ToString().ToLowerInvariant();

    internal Placement Draw(ref SplitMix64 random)
    {
        if (MaximumShiftPixels == 0 && !Flip) return default;
        var span = 2 * MaximumShiftPixels + 1;
        return new(random.Below(span) - MaximumShiftPixels, random.Below(span) - MaximumShiftPixels, Flip && random.Below(2) == 1);
    }
}
