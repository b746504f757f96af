using System.CommandLine;
using System.CommandLine.Parsing;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Training.Data;

namespace AutoSlim.Host.Commands;

/// <summary>Which images a run has and how they are shown: options of <c>train</c>, kept for the verbs after it in run.json.</summary>
internal sealed class ImageChoice
{
    private readonly Option<int?> resolution = new("--resolution") { HelpName = "N", Description = "Pixels on each side of the image. Default: 224 for image files, else that of the images." };
    private readonly Option<int?> maximumBroken = new("--max-broken") { HelpName = "N", Description = "Image files that may turn out broken and are skipped. Default: 1 in 100, at least 10." };
    private readonly Option<string?> augment = new("--augment")
    {
        HelpName = "KIND",
        Description = $"What is done to training images: {string.Join(", ", Augmentation.Names)}. All but none and digits mirror. Default: imagenet for image files, else shift.",
    };

    public Option<string> Data { get; } = new("--data")
    {
        HelpName = "DIR",
        Description = "IDX or CIFAR-binary folder, or train/CLASS/*.jpg|png with test or val beside it.",
        Required = true,
    };

    /// <summary>All but <see cref="Data"/>, which a verb puts where it belongs.</summary>
    public void AddTo(Command verb)
    {
        foreach (var option in new Option[] { resolution, augment, maximumBroken }) verb.Add(option);
        verb.Validators.Add(result => Ranges.Check(result, resolution, NetworkCatalog.SmallestResolution, RunOptions.LargestResolution));
        verb.Validators.Add(result => Ranges.Check(result, maximumBroken, 0, int.MaxValue));
        verb.Validators.Add(CheckAugment);
    }

    public string Folder(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(Data)!);

    /// <summary>The chosen limit; where none was, that of the run that goes on.</summary>
    public int? MaximumBroken(ParseResult parsed, RunSettings? begun) => parsed.GetValue(maximumBroken) ?? begun?.MaximumBroken;

    /// <exception cref="DataException">The folder's files are not whole images of a known kind; every problem.</exception>
    /// <exception cref="UsageException">Images in memory are of another resolution than the wanted one.</exception>
    public ImageSources Open(ParseResult parsed, RunSettings? begun, TextWriter notices)
    {
        var (wanted, usual) = (parsed.GetValue(resolution), new ImageTreeOptions { MaximumBroken = MaximumBroken(parsed, begun), Notices = notices });
        var images = RunImages.Open(Folder(parsed), usual with { Resolution = wanted ?? usual.Resolution });
        var (height, width) = (images.Training.Height, images.Training.Width);
        return wanted is null || wanted == height
            ? images
            : throw new UsageException($"--resolution is {wanted}, but the images of '{Folder(parsed)}' are {height}x{width}; leave --resolution out");
    }

    /// <summary>The chosen one, or the usual one of such images.</summary>
    public AugmentationKind Augment(ParseResult parsed, ImageSource training) =>
        parsed.GetValue(augment) is string kind ? Augmentation.Parse(kind)!.Value : training.UsualAugmentation;

    private void CheckAugment(CommandResult result)
    {
        if (result.GetResult(augment)?.Tokens is [var word] && Augmentation.Parse(word.Value) is null)
            result.AddError($"unknown augmentation '{word.Value}'; choose {string.Join(", ", Augmentation.Names)}{NearestName.Hint(word.Value, Augmentation.Names)}");
    }
}
