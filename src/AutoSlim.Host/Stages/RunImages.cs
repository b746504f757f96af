using AutoSlim.Host.Commands;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Training.Data;

namespace AutoSlim.Host.Stages;

/// <summary>A run's images: what networks learn from, what the search scores on, and what is looked at once, at the end.</summary>
/// <param name="Split">Training and search images.</param>
/// <param name="Test">Test images.</param>
/// <param name="Normalization">Of the training images.</param>
/// <param name="Identity">Of all training images of the folder.</param>
public sealed record RunImages(ImageSplit Split, ImageSource Test, Normalization Normalization, ImageIdentity Identity)
{
    private const int CalibrationBatchSize = 250;

    /// <summary>Of the pixels of such a batch: as many as it has at 224 pixels.</summary>
    private const int CalibrationBatchPixels = CalibrationBatchSize * 3 * 224 * 224;
    private const int CalibrationBatches = 16;
    private const int FewestImages = 2;

    /// <summary>Of one answer of a device, of five bytes each.</summary>
    private const int EvaluationLogits = (ProfilerProtocol.MaximumMessageBytes - 1024) / 5;

    private const int EvaluationBatchSize = 500;

    /// <summary>Of the pixels of a batch that a device classifies: it travels in one piece.</summary>
    private const int EvaluationBatchBytes = 8 << 20;

    public ImageSource Training => Split.Training;

    /// <summary>The images of a run.</summary>
    /// <param name="settings">Of the run.</param>
    /// <param name="notices">Told what is left out.</param>
    /// <exception cref="DataException">The folder's files are not whole images of a known kind; every problem.</exception>
    public static RunImages Load(RunSettings settings, TextWriter notices)
    {
        if (settings.DataFolder is string folder && !Directory.Exists(folder))
            throw new DataException($"the run's images were in '{folder}', which is not there; where they lie elsewhere now, give the run's train command again with --resume and --data DIR: it goes on with the same images wherever they are");
        return Of(Open(settings.DataFolder, new() { Resolution = settings.Network.Resolution, MaximumBroken = settings.MaximumBroken, Notices = notices }), settings, notices);
    }

    /// <inheritdoc cref="Load"/>
    /// <param name="data">What the run's folder holds.</param>
    public static RunImages Of(ImageSources data, RunSettings settings, TextWriter notices)
    {
        var identity = ImageIdentity.Of(data.Training);
        if (settings.Images is ImageIdentity begun && begun != identity)
            throw new DataException($"the training images of '{settings.DataFolder}' are not those that the run began with ({begun.Count} then, {identity.Count} now, or other names): images held out for the search would have been trained on; bring the old files back, or begin another run");
        var training = settings.TrainingImages > 0 ? data.Training.Take(Math.Min(settings.TrainingImages, data.Training.Count)) : data.Training;
        if (settings.Supernet.Augment == AugmentationKind.ImageNet && training is ImageSet)
            throw new UsageException($"--augment imagenet cuts parts out of image files; images of {training.Width}x{training.Height} in memory take one of cifar, shift, none");
        if (settings.SearchImages > training.Count - FewestImages)
            throw new DataException($"{settings.SearchImages} search images cannot be held out of {training.Count} training images, {FewestImages} of which must be left for batch norm to have a variance; ask for fewer");
        var split = ImageSplit.HoldOut(training, settings.SearchImages, settings.Seed);
        return new(split with { Search = split.Search.Shuffled(settings.Seed) }, data.Test, Normalized(split.Training, settings.Seed, notices), identity);
    }

    /// <summary>A folder of any kind; the embedded images without one.</summary>
    /// <exception cref="DataException">The folder's files are not whole images of a known kind; every problem.</exception>
    public static ImageSources Open(string? folder, ImageTreeOptions options)
    {
        var data = folder is null ? Sources(EmbeddedImages.Load()) : DataFolder.Open(folder, options);
        RequireUsable(folder, data.Training);
        return data;
    }

    /// <summary>A folder of small images, in memory; the embedded ones without one.</summary>
    /// <inheritdoc cref="Open"/>
    public static ImageData LoadData(string? folder)
    {
        var data = folder is null ? EmbeddedImages.Load() : DataFolder.Read(folder);
        RequireUsable(folder, data.Training);
        return data;
    }

    /// <summary>Training images for batch-norm statistics, without augmentation.</summary>
    public IEnumerable<ImageBatch> ForCalibration(ulong seed) =>
        new Batches(Training, Normalization, Math.Min(CalibrationSize(Training), Training.Count)).Shuffled(seed, epoch: 0, Augmentation.None).Take(CalibrationBatches);

    /// <summary>
    /// The search's images, shuffled as they are, in batches large enough for batch statistics; those that cannot be read are left out.
    /// Fewer images than there are batches may be left over.
    /// </summary>
    public IEnumerable<ImageBatch> ForHeldOut()
    {
        var batches = Math.Max(1, Split.Search.Count / CalibrationSize(Split.Search));
        var size = Split.Search.Count / batches;
        return new Batches(Split.Search.Take(size * batches), Normalization, size).InOrder();
    }

    /// <summary>Test images that can be read; their labels come with them.</summary>
    public IEnumerable<ImageBatch> ForTest() => new Batches(Test, Normalization, Math.Min(
        Math.Clamp(EvaluationBatchBytes / (sizeof(float) * Test.BytesPerImage), 1, EvaluationBatchSize), Math.Max(1, EvaluationLogits / Test.Classes))).InOrder();

    /// <summary>Fewer of larger images, which take as much memory then; two at least, for their statistics.</summary>
    private static int CalibrationSize(ImageSource images) => Math.Clamp(CalibrationBatchPixels / images.BytesPerImage, 2, CalibrationBatchSize);

    private static ImageSources Sources(ImageData data) => new(data.Training, data.Test);

    private static void RequireUsable(string? folder, ImageSource images)
    {
        if (images.Classes < 2) throw new DataException($"the images of '{folder}' are of {images.Classes} class; expected at least 2: train/CLASS/*.jpg with a folder for each class");
        if (images.Height < NetworkCatalog.SmallestResolution) throw new DataException($"the images of '{folder}' are {images.Height} pixels high; expected at least {NetworkCatalog.SmallestResolution}");
        if (images.Height != images.Width) throw new DataException($"the images of '{folder}' are {images.Height} high and {images.Width} wide; expected square ones");
    }

    private static Normalization Normalized(ImageSource training, ulong seed, TextWriter notices)
    {
        var sample = training.NormalizationSample(seed);
        if (sample.Count < training.Count) notices.WriteLine($"data: mean and deviation of the pixels are those of {sample.Count} of {training.Count} training images");
        return Normalization.Of(sample);
    }
}
