using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Tests.Common;
using AutoSlim.Training.Data;
using SkiaSharp;

namespace AutoSlim.Host.Tests.Stages;

public sealed class RunImagesTests
{
    private static readonly RunSettings Settings = new() { Network = new(MobileNetV1.Name, StrideLayout.Cifar, 8, 1, 2), Supernet = new() { Seed = 3 }, SearchImages = 40 };

    /// <summary>Folders of photographs are listed class by class, and the search normalises batch by batch.</summary>
    [Fact]
    public void Search_images_come_with_their_classes_mixed()
    {
        var labels = Search(Settings).Labels.ToArray();
        Assert.Equal(20, labels.Sum());
        Assert.InRange(labels.Take(20).Sum(), 5, 15);
    }

    [Fact]
    public void The_seed_decides_their_order()
    {
        Assert.Equal(Search(Settings).Labels.ToArray(), Search(Settings).Labels.ToArray());
        Assert.NotEqual(Search(Settings).Labels.ToArray(), Search(Settings with { Supernet = new() { Seed = 4 } }).Labels.ToArray());
    }

    /// <summary>Of one image, on a map of one pixel, torch's variance is no number, and neither is what is exported with it.</summary>
    [Fact]
    public void At_least_two_images_are_left_to_train_on()
    {
        var refused = Assert.Throws<DataException>(() => Search(Settings with { SearchImages = 199 }));
        Assert.StartsWith("199 search images cannot be held out of 200 training images, 2 of which must be left", refused.Message, StringComparison.Ordinal);
        Assert.Equal(198, Search(Settings with { SearchImages = 198 }).Count);
    }

    /// <summary>The split would hold out others, and images that were trained on would be searched on.</summary>
    [Fact]
    public void A_run_does_not_go_on_with_other_images_than_it_began_with()
    {
        var begun = Settings with { Images = ImageIdentity.Of(ByClass("training", 200)) };
        Assert.Equal(40, Search(begun).Count);
        var refused = Assert.Throws<DataException>(() => RunImages.Of(new(ByClass("training", 199), ByClass("test", 20)), begun, TextWriter.Null));
        Assert.Contains("(200 then, 199 now, or other names)", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>250 of them took as much memory as their number of pixels asks for, whatever a training step takes.</summary>
    [Fact]
    public void Large_images_are_judged_by_in_smaller_batches()
    {
        const int Side = 1024;
        var large = new ImageSet("training", 1, Side, Side, ["only"], new byte[72 * Side * Side], new int[72]);
        var images = new RunImages(new(large, large), large, new([0], [1]), ImageIdentity.Of(large));
        Assert.Equal([36, 36], images.ForHeldOut().Select(batch => batch.Count));
        Assert.Equal(35, images.ForCalibration(seed: 1).First().Count);
    }

    /// <summary>Its loss is 0 from the first step on, and a search could not tell sizes apart.</summary>
    [Fact]
    public void Images_of_one_class_are_refused_before_anything_is_trained()
    {
        using var folder = new TemporaryFolder();
        foreach (var set in new[] { "train", "test" })
            for (var i = 0; i < 4; i++) Picture(Path.Combine(folder.Path, set, "images"), i);
        var refused = Assert.Throws<DataException>(() => RunImages.Load(Settings with { DataFolder = folder.Path, SearchImages = 2 }, TextWriter.Null));
        Assert.EndsWith("are of 1 class; expected at least 2: train/CLASS/*.jpg with a folder for each class", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Where a class has few images held out, no other could take the place of a broken one.</summary>
    [Fact]
    public void A_broken_search_image_is_left_out_of_what_each_epoch_is_judged_by()
    {
        using var folder = new TemporaryFolder();
        foreach (var (set, count) in new[] { ("train", 20), ("test", 2) })
            foreach (var name in new[] { "cat", "dog" })
                for (var i = 0; i < count; i++) Picture(Path.Combine(folder.Path, set, name), i);
        var settings = Settings with { Network = new(MobileNetV1.Name, StrideLayout.Cifar, 16, 3, 2), DataFolder = folder.Path, SearchImages = 2 };
        var cat = Assert.IsType<ImageTree>(RunImages.Load(settings, TextWriter.Null).Split.Search);
        File.WriteAllText(cat.PathOf(0), "no image");
        Assert.Equal(1, RunImages.Load(settings, TextWriter.Null).ForHeldOut().Sum(batch => batch.Count));
    }

    private static void Picture(string folder, int number)
    {
        Directory.CreateDirectory(folder);
        using var bitmap = new SKBitmap(20, 20, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Erase(new((byte)(10 * number), 90, 200));
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, quality: 90);
        File.WriteAllBytes(Path.Combine(folder, $"{number:00}.png"), data.ToArray());
    }

    private static ImageSource Search(RunSettings settings) => RunImages.Of(new(ByClass("training", 200), ByClass("test", 20)), settings, TextWriter.Null).Split.Search;

    private static ImageSet ByClass(string name, int count) =>
        new(name, 1, 8, 8, ["cat", "dog"], [.. Enumerable.Range(0, count * 64).Select(index => (byte)index)], [.. Enumerable.Range(0, count).Select(index => index < count / 2 ? 0 : 1)]);
}
