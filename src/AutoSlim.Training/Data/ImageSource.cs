using System.Security.Cryptography;
using System.Text;

namespace AutoSlim.Training.Data;

/// <summary>Labelled images that are all shown at one size; where they are kept is the affair of its kinds: in memory, or one file each.</summary>
public abstract class ImageSource
{
    private readonly int[] labels;

    /// <exception cref="ArgumentException">A size below 1, or a label without a class.</exception>
    private protected ImageSource(string name, int channels, int height, int width, IReadOnlyList<string> classNames, int[] labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (Array.FindIndex(labels, label => label < 0 || label >= classNames.Count) is >= 0 and var wrong)
            throw new ArgumentException($"label {labels[wrong]} has no class, there are {classNames.Count}", nameof(labels));
        (Name, Channels, Height, Width, ClassNames, this.labels) = (name, channels, height, width, classNames, labels);
    }

    public string Name { get; }

    /// <summary>1 for grey, 3 for colour.</summary>
    public int Channels { get; }

    public int Height { get; }

    public int Width { get; }

    public IReadOnlyList<string> ClassNames { get; }

    public int Classes => ClassNames.Count;

    public int Count => labels.Length;

    /// <summary>Of one image as it is shown, a byte per channel and pixel.</summary>
    public int BytesPerImage => Channels * Height * Width;

    public ReadOnlySpan<int> Labels => labels;

    /// <summary>What training does to such images unless told otherwise.</summary>
    public abstract AugmentationKind UsualAugmentation { get; }

    /// <summary>The images at <paramref name="indices"/>, in that order.</summary>
    /// <param name="indices">Positions in this source.</param>
    /// <param name="name">The new source's name, or null to keep this one's.</param>
    public abstract ImageSource Subset(IReadOnlyList<int> indices, string? name = null);

    /// <summary>The first <paramref name="count"/> images.</summary>
    public ImageSource Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        return Subset([.. Enumerable.Range(0, count)]);
    }

    /// <summary>All images in an order that the seed decides: those of a folder come class by class, and a batch of one class has odd statistics.</summary>
    public ImageSource Shuffled(ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        SplitMix64.For(seed, 0).Shuffle(order.AsSpan());
        return Subset(order);
    }

    /// <summary>The images whose mean and deviation stand for all: every one where that is quick, else some that the seed chooses.</summary>
    public abstract ImageSource NormalizationSample(ulong seed);

    /// <summary>What tells these images from others, in their order, without reading their pixels: labels, and names of files.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var index = 0; index < Count; index++) hash.AppendData(Encoding.UTF8.GetBytes($"{labels[index]} {NameOf(index)}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Of one image's file; empty for one in memory.</summary>
    private protected virtual string NameOf(int index) => "";

    /// <summary>Renders one image; may run on several threads at once.</summary>
    /// <param name="index">Position in this source.</param>
    /// <param name="crop">Shows a part that it draws, or null for the usual view.</param>
    /// <param name="random">What <paramref name="crop"/> draws from.</param>
    /// <param name="pixels">Channels x height x width.</param>
    /// <returns>Why it could not be read, or null.</returns>
    internal abstract BrokenImage? Read(int index, RandomCrop? crop, ref SplitMix64 random, Span<byte> pixels);

    /// <summary>Tells of images that could not be read.</summary>
    /// <exception cref="BrokenImagesException">There are more than allowed.</exception>
    internal abstract void Report(BrokenImage broken);

    /// <summary>Positions of every image of a class, ascending.</summary>
    internal int[] OfClass(int label) => [.. Enumerable.Range(0, Count).Where(index => labels[index] == label)];

    private protected int[] LabelsAt(IReadOnlyList<int> indices) => [.. indices.Select(index => labels[index])];
}
