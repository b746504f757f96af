using AutoSlim.Training.Data;

namespace AutoSlim.Training.Tests.Data;

public sealed class ImageTreeTests : IDisposable
{
    private static readonly Normalization Identity = new([0, 0, 0], [1 / 255f, 1 / 255f, 1 / 255f]);

    private readonly TemporaryFolder folder = new();
    private readonly StringWriter notices = new() { NewLine = "\n" };

    public ImageTreeTests() => Pictures.WriteTree(folder.Path);

    public void Dispose()
    {
        folder.Dispose();
        notices.Dispose();
    }

    [Fact]
    public void Batches_follow_from_seed_and_epoch_and_not_from_the_look_ahead()
    {
        float[] Pixels(ulong seed, int epoch) => [.. Batches().Shuffled(seed, epoch, Augmentation.ImageNet).SelectMany(batch => batch.Pixels)];
        var expected = Pixels(1, 2);
        for (var repeat = 0; repeat < 10; repeat++) Assert.Equal(expected, Pixels(1, 2));
        Assert.NotEqual(expected, Pixels(1, 3));
        Assert.NotEqual(expected, Pixels(2, 2));
    }

    [Fact]
    public void An_image_does_not_depend_on_its_batch()
    {
        Dictionary<int, float[]> ByImage(int batchSize) => Batches(batchSize).Shuffled(1, 0, Augmentation.ImageNet)
            .SelectMany(batch => batch.Pixels.Chunk(3 * 16 * 16)).Zip(Batches(batchSize).Order(1, 0)).ToDictionary(pair => pair.Second, pair => pair.First);
        var (ones, fours) = (ByImage(1), ByImage(4));
        Assert.Equal(16, ones.Count);
        Assert.All(ones, pair => Assert.Equal(pair.Value, fours[pair.Key]));
    }

    [Fact]
    public void The_plain_view_shows_each_image_in_its_order()
    {
        var batch = Assert.Single(Batches(16).InOrder());
        Assert.Equal([.. Enumerable.Repeat(0L, 8), .. Enumerable.Repeat(1L, 8)], batch.Labels);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => 100 + 10 * i), Enumerable.Range(8, 8).Select(i => (int)MathF.Round(batch.Pixels[i * 3 * 256 + 2 * 256])));
    }

    [Fact]
    public void A_batch_of_more_numbers_than_one_array_takes_is_refused_with_what_to_give()
    {
        var problem = Assert.Throws<DataException>(() => Batches(16, resolution: 8192)).Message;
        Assert.StartsWith("a batch of 16 images of 8192x8192 pixels has more numbers than one array takes; give a --batch-size of at most 10 ", problem, StringComparison.Ordinal);
        Assert.Equal(1, Batches(10, resolution: 8192).PerEpoch);
    }

    [Fact]
    public void A_broken_image_is_told_once_and_another_of_its_class_takes_its_place()
    {
        folder.Write("train/dog/03.png", [1, 2, 3]);
        var batches = Batches(16);
        List<ImageBatch> Epochs() => [.. Enumerable.Range(0, 5).Select(epoch => batches.Shuffled(1, epoch, Augmentation.None).Single())];
        var first = Epochs();
        Assert.All(first, batch => Assert.Equal((8, 8), (batch.Labels.Count(label => label == 0), batch.Labels.Count(label => label == 1))));
        Assert.All(first, batch => Assert.Equal(7, Shades(batch).Where(shade => shade.Blue > 50).Distinct().Count()));
        Assert.All(first, batch => Assert.All(Shades(batch).Zip(batch.Labels), pair => Assert.Equal(pair.Second == 1, pair.First.Blue > 50)));
        Assert.Equal(first.SelectMany(batch => batch.Pixels), Epochs().SelectMany(batch => batch.Pixels));
        Assert.Equal($"data: '{folder.PathOf("train/dog/03.png")}' is no image, or ends within its header: it is skipped\n", notices.ToString());
    }

    [Fact]
    public void A_resumed_run_has_the_same_replacements_as_an_unbroken_one()
    {
        folder.Write("train/dog/03.png", [1, 2, 3]);
        var unbroken = Batches();
        _ = unbroken.Shuffled(1, 0, Augmentation.ImageNet).Count();
        var second = unbroken.Shuffled(1, 1, Augmentation.ImageNet).SelectMany(batch => batch.Pixels).ToList();
        Assert.Equal(second, Batches().Shuffled(1, 1, Augmentation.ImageNet).SelectMany(batch => batch.Pixels));
    }

    [Fact]
    public void Where_nothing_is_random_a_broken_image_is_left_out_with_its_label()
    {
        folder.Write("train/cat/00.JPEG", []);
        var batches = Batches(6).InOrder().ToList();
        Assert.Equal([5, 6, 4], batches.Select(batch => batch.Count));
        Assert.Equal(7, batches.SelectMany(batch => batch.Labels).Count(label => label == 0));
        Assert.Equal(15, batches.SelectMany(Shades).Count());
        Assert.Equal([5, 6, 4], batches.Select(batch => batch.Pixels.Length / (3 * 256)));
    }

    [Fact]
    public void More_broken_images_than_allowed_end_it_with_their_names_and_what_to_do()
    {
        foreach (var i in new[] { 0, 1, 2 }) folder.Write($"train/cat/0{i}.JPEG", []);
        var problems = Assert.Throws<BrokenImagesException>(() => Batches(4, maximumBroken: 2).InOrder().ToList()).Problems;
        Assert.Equal(Enumerable.Range(0, 3).Select(i => $"'{folder.PathOf($"train/cat/0{i}.JPEG")}' is empty"), problems.Take(3));
        Assert.Contains("--max-broken", problems[3], StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_broken_images_as_allowed_are_put_up_with_in_every_epoch()
    {
        foreach (var i in new[] { 0, 1 }) folder.Write($"train/cat/0{i}.JPEG", []);
        var batches = Batches(4, maximumBroken: 2);
        for (var epoch = 0; epoch < 3; epoch++) Assert.Equal(4, batches.Shuffled(1, epoch, Augmentation.ImageNet).Count());
        Assert.Equal(2, notices.ToString().Count(character => character == '\n'));
    }

    [Fact]
    public void A_class_without_a_readable_image_is_named()
    {
        for (var i = 0; i < 8; i++) folder.Write($"train/cat/0{i}.JPEG", []);
        Assert.Contains("class 'cat'", Assert.Throws<DataException>(() => Batches(4).Shuffled(1, 0, Augmentation.None).ToList()).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(int Red, int Blue)> Shades(ImageBatch batch) =>
        batch.Pixels.Chunk(3 * 256).Select(image => ((int)MathF.Round(image[0]), (int)MathF.Round(image[512])));

    private Batches Batches(int batchSize = 4, int? maximumBroken = null, int resolution = 16) =>
        new(DataFolder.Open(folder.Path, new() { Resolution = resolution, MaximumBroken = maximumBroken, Notices = notices }).Training, Identity, batchSize);
}
