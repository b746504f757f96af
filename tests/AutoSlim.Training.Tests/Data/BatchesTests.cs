using AutoSlim.Training.Data;

namespace AutoSlim.Training.Tests.Data;

public sealed class BatchesTests
{
    /// <summary>Leaves pixel values as they are.</summary>
    private static readonly Normalization Identity = new([0], [1 / 255f]);

    [Fact]
    public void Pixels_are_normalised_per_channel()
    {
        var images = new ImageSet("two", 2, 1, 1, ["only"], [51, 255], [0]);
        var batch = Assert.Single(new Batches(images, new([0.1f, 0.5f], [0.1f, 0.25f]), 8).InOrder());
        Assert.Equal(1f, batch.Pixels[0], tolerance: 1e-5f);
        Assert.Equal(2f, batch.Pixels[1], tolerance: 1e-5f);
    }

    [Fact]
    public void In_order_gives_every_image_once_with_its_label()
    {
        var batches = new Batches(SyntheticImages.Numbered(10), Identity, 4).InOrder().ToList();
        Assert.Equal([4, 4, 2], batches.Select(batch => batch.Count));
        Assert.Equal(Enumerable.Range(0, 10), batches.SelectMany(Numbers));
        Assert.Equal([0, 0, 1, 2, 0, 0, 1, 2, 0, 0], batches.SelectMany(batch => batch.Labels));
    }

    [Theory]
    [InlineData(10, 4, new[] { 3, 3, 4 })]
    [InlineData(8, 4, new[] { 4, 4 })]
    [InlineData(33, 32, new[] { 16, 17 })]
    [InlineData(3, 4, new[] { 3 })]
    public void Even_batches_differ_by_one_image_at_most(int images, int batchSize, int[] sizes)
    {
        var batches = new Batches(SyntheticImages.Numbered(images), Identity, batchSize).Evenly().ToList();
        Assert.Equal(sizes, batches.Select(batch => batch.Count));
        Assert.Equal(Enumerable.Range(0, images), batches.SelectMany(Numbers));
    }

    [Fact]
    public void A_shuffled_epoch_drops_what_does_not_fill_a_batch()
    {
        var batches = new Batches(SyntheticImages.Numbered(10), Identity, 4);
        Assert.Equal(2, batches.PerEpoch);
        Assert.Equal(8, batches.Shuffled(1, 0, Augmentation.None).SelectMany(Numbers).Distinct().Count());
    }

    [Fact]
    public void A_set_smaller_than_a_batch_is_one_batch()
    {
        var batches = new Batches(SyntheticImages.Numbered(3), Identity, 4);
        Assert.Equal(1, batches.PerEpoch);
        Assert.Equal(3, Assert.Single(batches.Shuffled(1, 0, Augmentation.None)).Count);
    }

    [Fact]
    public void The_same_seed_and_epoch_give_the_same_batches()
    {
        float[] Pixels(ulong seed, int epoch) =>
            [.. new Batches(SyntheticImages.Numbered(40), Identity, 4).Shuffled(seed, epoch, Augmentation.ShiftAndFlip).SelectMany(batch => batch.Pixels)];
        Assert.Equal(Pixels(1, 2), Pixels(1, 2));
        Assert.NotEqual(Pixels(1, 2), Pixels(1, 3));
        Assert.NotEqual(Pixels(1, 2), Pixels(2, 2));
    }

    [Fact]
    public void The_order_of_an_epoch_never_changes() =>
        Assert.Equal([4, 3, 2, 7, 9, 1, 8, 6, 5, 0], new Batches(SyntheticImages.Numbered(10), Identity, 4).Order(seed: 7, epoch: 3));

    [Fact]
    public void Augmentation_shifts_and_mirrors_all_channels_alike()
    {
        var batches = new Batches(SyntheticImages.Ramp(channels: 2, size: 5), new([0, 0], [1 / 255f, 1 / 255f]), 1);
        var seen = new HashSet<Placement>();
        for (var epoch = 0; epoch < 400; epoch++)
        {
            var pixels = Assert.Single(batches.Shuffled(1, epoch, Augmentation.ShiftAndFlip)).Pixels;
            seen.Add(Assert.Single(Placements(), placement => pixels.Select(value => (int)MathF.Round(value)).SequenceEqual(Expected(placement))));
        }

        Assert.Equal(Placements().Count(), seen.Count);
    }

    /// <summary>Runs of before look-ahead and named augmentations must go on as they began.</summary>
    [Fact]
    public void The_shift_of_an_image_follows_from_seed_epoch_and_position_as_it_always_did()
    {
        var batches = new Batches(SyntheticImages.Ramp(channels: 2, size: 5), new([0, 0], [1 / 255f, 1 / 255f]), 1);
        for (var epoch = 0; epoch < 20; epoch++)
        {
            var random = SplitMix64.For(SplitMix64.For(9, epoch).Next(), 0);
            var placement = new Placement(random.Below(5) - 2, random.Below(5) - 2, random.Below(2) == 1);
            var pixels = Assert.Single(batches.Shuffled(9, epoch, Augmentation.Of(AugmentationKind.Shift))).Pixels;
            Assert.Equal(Expected(placement), pixels.Select(value => (int)MathF.Round(value)));
        }
    }

    [Fact]
    public void Cifar_images_move_by_up_to_the_four_pixels_that_they_are_padded_by()
    {
        var batches = new Batches(SyntheticImages.Ramp(channels: 1, size: 12), new([0], [1 / 255f]), 1);
        var shifts = new HashSet<int>();
        for (var epoch = 0; epoch < 400; epoch++)
        {
            var pixels = Assert.Single(batches.Shuffled(1, epoch, Augmentation.Of(AugmentationKind.Cifar))).Pixels;
            bool[] filled = [.. pixels.Chunk(12).Select(row => row.Any(value => value > 0.5f))];
            shifts.Add(filled[0] ? filled.Count(row => row) - 12 : Array.IndexOf(filled, true));
        }

        Assert.Equal(Enumerable.Range(-4, 9), shifts.Order());
    }

    [Fact]
    public void Images_in_memory_cannot_be_cropped_from_files() =>
        Assert.Throws<ArgumentException>(() => new Batches(SyntheticImages.Ramp(3, 4), new([0, 0, 0], [1, 1, 1]), 1).Shuffled(1, 0, Augmentation.ImageNet).ToList());

    [Fact]
    public void Labels_may_be_larger_than_a_byte()
    {
        var images = new ImageSet("many", 1, 1, 1, [.. Enumerable.Range(0, 1000).Select(label => $"{label}")], new byte[2], [999, 256]);
        Assert.Equal([999, 256], Assert.Single(new Batches(images, Identity, 2).InOrder()).Labels);
    }

    [Fact]
    public void A_normalization_for_other_channels_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Batches(SyntheticImages.Ramp(2, 4), Identity, 1));

    private static IEnumerable<int> Numbers(ImageBatch batch) =>
        Enumerable.Range(0, batch.Count).Select(i => (int)MathF.Round(batch.Pixels[i * batch.Pixels.Length / batch.Count]));

    private static IEnumerable<Placement> Placements() =>
        from row in Enumerable.Range(-2, 5)
        from column in Enumerable.Range(-2, 5)
        from mirrored in new[] { false, true }
        select new Placement(row, column, mirrored);

    /// <summary>The 2 x 5 x 5 ramp, mirrored first and moved then; zero where nothing moved in.</summary>
    private static IEnumerable<int> Expected(Placement placement) =>
        from channel in Enumerable.Range(0, 2)
        from row in Enumerable.Range(0, 5)
        from column in Enumerable.Range(0, 5)
        let y = row - placement.RowShift
        let shifted = column - placement.ColumnShift
        let x = placement.Mirrored ? 4 - shifted : shifted
        select y is < 0 or > 4 || shifted is < 0 or > 4 ? 0 : channel * 25 + y * 5 + x + 1;
}
