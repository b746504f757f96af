using AutoSlim.Training.Data;

namespace AutoSlim.Host.Stages;

/// <summary>A run's images: what networks learn from, what the search scores on, and what is looked at once, at the end.</summary>
public sealed record RunImages(ImageSplit Split, ImageSet Test, Normalization Normalization)
{
    private const int CalibrationBatchSize = 250;
    private const int CalibrationBatches = 16;
    private const int EvaluationBatchSize = 500;

    public ImageSet Training => Split.Training;

    /// <exception cref="DataException">The folder's files are not whole images of a known kind; every problem.</exception>
    public static RunImages Load(RunSettings settings)
    {
        var data = LoadData(settings.DataFolder);
        var training = settings.TrainingImages > 0 ? data.Training.Take(Math.Min(settings.TrainingImages, data.Training.Count)) : data.Training;
        if (settings.SearchImages >= training.Count)
            throw new DataException($"{settings.SearchImages} search images cannot be held out of {training.Count} training images; ask for fewer");
        var split = ImageSplit.HoldOut(training, settings.SearchImages, settings.Seed);
        return new(split, data.Test, Normalization.Of(split.Training));
    }

    /// <inheritdoc cref="Load"/>
    public static ImageData LoadData(string? folder)
    {
        var data = folder is null ? EmbeddedImages.Load() : DataFolder.Read(folder);
        var (height, width) = (data.Training.Height, data.Training.Width);
        return height == width ? data : throw new DataException($"the images of '{folder}' are {height} high and {width} wide; expected square ones");
    }

    /// <summary>Training images for batch-norm statistics, without augmentation.</summary>
    public IEnumerable<ImageBatch> ForCalibration(ulong seed) =>
        new Batches(Training, Normalization, Math.Min(CalibrationBatchSize, Training.Count)).Shuffled(seed, epoch: 0, Augmentation.None).Take(CalibrationBatches);

    /// <summary>The search's images in batches large enough for batch statistics, classes mixed. Fewer images than there are batches may be left over.</summary>
    public IReadOnlyList<ImageBatch> ForHeldOut()
    {
        var search = Split.Search;
        var batches = Math.Max(1, search.Count / CalibrationBatchSize);
        return [.. new Batches(search, Normalization, search.Count / batches).Shuffled(seed: 0, epoch: 0, Augmentation.None)];
    }

    public IEnumerable<ImageBatch> ForTest() => new Batches(Test, Normalization, EvaluationBatchSize).InOrder();
}
