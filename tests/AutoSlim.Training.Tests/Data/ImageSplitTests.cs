using AutoSlim.Training.Data;
using CsCheck;

namespace AutoSlim.Training.Tests.Data;

public sealed class ImageSplitTests
{
    [Fact]
    public void The_parts_are_disjoint_and_complete() =>
        Gen.Select(Gen.Int[2, 200], Gen.Int[1, 199], Gen.ULong).Where(it => it.Item2 < it.Item1).Sample((count, searchImages, seed) =>
        {
            var (training, search) = ImageSplit.HoldOut(SyntheticImages.Numbered(count), searchImages, seed);
            Assert.Equal(searchImages, search.Count);
            Assert.Equal(Enumerable.Range(0, count), SyntheticImages.Numbers(training).Concat(SyntheticImages.Numbers(search)).Order());
        });

    [Fact]
    public void Every_class_is_held_out_in_proportion()
    {
        var (_, search) = ImageSplit.HoldOut(SyntheticImages.Numbered(200), 40, seed: 1);
        Assert.Equal([20, 10, 10], search.Labels.ToArray().CountBy(label => label).OrderBy(it => it.Key).Select(it => it.Value));
    }

    [Fact]
    public void The_same_seed_holds_out_the_same_images_and_another_seed_others()
    {
        int[] HeldOut(ulong seed) => SyntheticImages.Numbers(ImageSplit.HoldOut(SyntheticImages.Numbered(200), 40, seed).Search);
        Assert.Equal(HeldOut(1), HeldOut(1));
        Assert.NotEqual(HeldOut(1), HeldOut(2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void A_part_without_images_is_refused(int searchImages) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageSplit.HoldOut(SyntheticImages.Numbered(10), searchImages, seed: 0));
}
