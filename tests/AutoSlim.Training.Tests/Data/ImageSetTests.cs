using AutoSlim.Training.Data;

namespace AutoSlim.Training.Tests.Data;

public sealed class ImageSetTests
{
    [Fact]
    public void Take_keeps_the_first_images() => Assert.Equal([0, 1, 2], SyntheticImages.Numbers(SyntheticImages.Numbered(9).Take(3)));

    [Fact]
    public void A_subset_keeps_the_given_order()
    {
        var subset = SyntheticImages.Numbered(9).Subset([7, 2]);
        Assert.Equal([7, 2], SyntheticImages.Numbers(subset));
        Assert.Equal([2, 1], subset.Labels.ToArray());
    }

    [Fact]
    public void More_images_than_there_are_cannot_be_taken() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticImages.Numbered(9).Take(10));

    [Fact]
    public void Pixels_that_do_not_fit_the_labels_are_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => new ImageSet("x", 1, 2, 2, ["a"], new byte[7], new int[2]));
        Assert.Contains("2 labels need 8 bytes of pixels, there are 7", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_without_a_class_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => new ImageSet("x", 1, 1, 1, ["a"], new byte[1], [1]));
        Assert.Contains("label 1 has no class", exception.Message, StringComparison.Ordinal);
    }
}
