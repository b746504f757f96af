namespace AutoSlim.Training.Data;

/// <summary>Image files in one folder per class, decoded whenever they are asked for; in colour, at one resolution.</summary>
public sealed class ImageTree : ImageSource
{
    /// <summary>Images whose mean and deviation stand for all.</summary>
    public const int NormalizationImages = 1024;

    private const int Colours = 3;
    private const ulong SampleStream = 0x5eed_0002;

    private readonly string folder;
    private readonly string[] files;
    private readonly BrokenImages broken;

    /// <param name="name">What reports call it.</param>
    /// <param name="folder">Holds a folder for each class.</param>
    /// <param name="resolution">Pixels on each side.</param>
    /// <param name="classNames">The folders' names, in label order.</param>
    /// <param name="files">Name of each image in its class's folder.</param>
    /// <param name="labels">One per file.</param>
    /// <param name="broken">Shared by all trees of a data set.</param>
    internal ImageTree(string name, string folder, int resolution, IReadOnlyList<string> classNames, string[] files, int[] labels, BrokenImages broken)
        : base(name, Colours, resolution, resolution, classNames, labels) => (this.folder, this.files, this.broken) = (folder, files, broken);

    public override AugmentationKind UsualAugmentation => AugmentationKind.ImageNet;

    public override ImageTree Subset(IReadOnlyList<int> indices, string? name = null) =>
        new(name ?? Name, folder, Height, ClassNames, [.. indices.Select(index => files[index])], LabelsAt(indices), broken);

    /// <summary><see cref="NormalizationImages"/> of them, or all where there are fewer.</summary>
    public override ImageTree NormalizationSample(ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        new SplitMix64(seed ^ SampleStream).Shuffle(order.AsSpan());
        return Subset([.. order.Take(NormalizationImages).Order()]);
    }

    /// <summary>The file of an image.</summary>
    public string PathOf(int index) => Path.Combine(folder, ClassNames[Labels[index]], files[index]);

    internal override BrokenImage? Read(int index, RandomCrop? crop, ref SplitMix64 random, Span<byte> pixels)
    {
        using var file = ImageFile.Open(PathOf(index), out var problem);
        if (file is not null)
        {
            var window = crop?.Draw(ref random, file.Width, file.Height) ?? ImageWindow.Centre(file.Width, file.Height);
            problem = file.Read(window, Height, pixels);
        }

        return problem is null ? null : new(PathOf(index), problem);
    }

    private protected override string NameOf(int index) => files[index];

    internal override void Report(BrokenImage image) => broken.Add(image);
}
