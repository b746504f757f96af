using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Training.Data;

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

    private static ImageSource Search(RunSettings settings) => RunImages.Of(new(ByClass("training", 200), ByClass("test", 20)), settings, TextWriter.Null).Split.Search;

    private static ImageSet ByClass(string name, int count) =>
        new(name, 1, 8, 8, ["cat", "dog"], [.. Enumerable.Range(0, count * 64).Select(index => (byte)index)], [.. Enumerable.Range(0, count).Select(index => index < count / 2 ? 0 : 1)]);
}
