using AutoSlim.Training.Data;
using SkiaSharp;

namespace AutoSlim.Training.Tests.Data;

public sealed class ImageTreeFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter notices = new() { NewLine = "\n" };

    public void Dispose()
    {
        folder.Dispose();
        notices.Dispose();
    }

    [Theory]
    [InlineData("test")]
    [InlineData("val")]
    public void Classes_are_folders_in_ordinal_order(string test)
    {
        Pictures.WriteTree(folder.Path, test: test);
        Pictures.Write(folder.PathOf("train/Zebra/a.png"), Pictures.Plain(new(1, 1, 1)));
        Pictures.Write(folder.PathOf($"{test}/Zebra/a.png"), Pictures.Plain(new(1, 1, 1)));
        var (training, testImages) = Open();
        Assert.Equal(["Zebra", "cat", "dog"], training.ClassNames);
        Assert.Equal([0, .. Enumerable.Repeat(1, 8), .. Enumerable.Repeat(2, 8)], training.Labels.ToArray());
        Assert.Equal((9, 3, 32, 32), (testImages.Count, testImages.Channels, testImages.Height, testImages.Width));
        Assert.Equal("", notices.ToString());
    }

    [Fact]
    public void The_test_folder_wins_over_the_val_folder_and_that_is_told()
    {
        Pictures.WriteTree(folder.Path);
        Pictures.WriteTree(folder.Path, testImages: 2, test: "val");
        Assert.Equal(8, Open().Test.Count);
        Assert.Contains("'val' is left out", notices.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flat_test_folder_without_labels_leaves_the_test_to_val()
    {
        Pictures.WriteTree(folder.Path, test: "val");
        Pictures.Write(folder.PathOf("test/a.png"), Pictures.Plain(new(1, 1, 1)));
        Pictures.Write(folder.PathOf("test/.checkpoints/a.png"), Pictures.Plain(new(1, 1, 1)));
        Assert.Equal(8, Open().Test.Count);
    }

    [Fact]
    public void Files_with_other_endings_are_told_and_hidden_ones_are_passed_over()
    {
        Pictures.WriteTree(folder.Path);
        folder.Write("train/cat/Thumbs.db", [1]);
        folder.Write("train/cat/._00.jpg", [1]);
        Assert.Equal(16, Open().Training.Count);
        Assert.Equal("data: left out, for they do not end with .jpg, .jpeg, .png: train/cat/Thumbs.db\n", notices.ToString());
    }

    [Fact]
    public void Every_problem_comes_at_once()
    {
        Pictures.WriteTree(folder.Path, test: "val");
        Directory.CreateDirectory(folder.PathOf("train/empty"));
        Directory.CreateDirectory(folder.PathOf("train/hollow"));
        Directory.Delete(folder.PathOf("val"), recursive: true);
        Assert.Equal(
            [
                $"folder '{folder.Path}' has no 'test' or 'val' beside 'train'; expected one with the same classes, for the final test",
                $"folder '{folder.PathOf("train")}' has classes without a file that ends with .jpg, .jpeg, .png: empty, hollow; fill or delete them",
            ],
            Assert.Throws<DataException>(Open).Problems);
    }

    [Fact]
    public void Folders_in_classes_are_told_and_left_out()
    {
        Pictures.WriteTree(folder.Path);
        Pictures.Write(folder.PathOf("train/cat/extra/a.png"), Pictures.Plain(new(1, 1, 1)));
        Assert.Equal(16, Open().Training.Count);
        Assert.Equal("data: left out, for images are looked for in the classes' own folders only, not in folders in them: train/cat/extra\n", notices.ToString());
    }

    [Fact]
    public void A_class_whose_images_all_lie_in_a_folder_in_it_is_told_where_they_belong()
    {
        Pictures.WriteTree(folder.Path);
        Pictures.Write(folder.PathOf("train/owl/images/a.png"), Pictures.Plain(new(1, 1, 1)));
        Pictures.Write(folder.PathOf("test/owl/a.png"), Pictures.Plain(new(1, 1, 1)));
        Assert.EndsWith(": owl; fill or delete them, or move the images of folders such as 'train/owl/images' up into their classes", Assert.Throws<DataException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_that_differ_are_named_both_ways()
    {
        Pictures.WriteTree(folder.Path);
        Pictures.Write(folder.PathOf("test/owl/a.png"), Pictures.Plain(new(1, 1, 1)));
        Directory.Delete(folder.PathOf("test/dog"), recursive: true);
        Assert.Equal(
            [
                "'test' has owl, which 'train' lacks; expected the same class folders in both",
                "'train' has dog, which 'test' lacks; expected the same class folders in both",
            ],
            Assert.Throws<DataException>(Open).Problems);
    }

    [Fact]
    public void A_lone_test_folder_lacks_its_train_folder()
    {
        Pictures.Write(folder.PathOf("val/owl/a.png"), Pictures.Plain(new(1, 1, 1)));
        Assert.Equal($"folder '{folder.Path}' has no 'train'; expected train/CLASS/*.jpg, one folder for each class", Assert.Throws<DataException>(Open).Message);
    }

    [Fact]
    public void What_only_takes_small_images_says_so()
    {
        Pictures.WriteTree(folder.Path);
        Assert.Contains("holds image files by class", Assert.Throws<DataException>(() => DataFolder.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Small_formats_open_as_before()
    {
        IdxBytes.WriteFolder(folder);
        Assert.IsType<ImageSet>(Open().Training);
    }

    [Fact]
    public void The_search_has_images_of_its_own_and_the_seed_chooses_them()
    {
        Pictures.WriteTree(folder.Path);
        IEnumerable<string> Held(ulong seed) => Paths(ImageSplit.HoldOut(Open().Training, 4, seed).Search);
        var (training, search) = ImageSplit.HoldOut(Open().Training, 4, seed: 5);
        Assert.Equal(Paths(Open().Training), Paths(training).Concat(Paths(search)).Order(StringComparer.Ordinal));
        Assert.Equal([0, 0, 1, 1], search.Labels.ToArray());
        Assert.Equal(Held(5), Paths(search));
        Assert.NotEqual(Held(6), Paths(search));
    }

    [Fact]
    public void Mean_and_deviation_are_those_of_the_pixels()
    {
        foreach (var name in new[] { "train/a/1.png", "test/a/1.png" }) Pictures.Write(folder.PathOf(name), Pictures.Plain(new(255, 51, 0)));
        Pictures.Write(folder.PathOf("train/a/2.png"), Pictures.Plain(new SKColor(0, 51, 255)));
        var normalization = Normalization.Of(Open().Training.NormalizationSample(seed: 1));
        Assert.Equal([0.5f, 0.2f, 0.5f], normalization.Mean);
        Assert.Equal([0.5f, 1 / 255f, 0.5f], normalization.StandardDeviation);
    }

    private static List<string> Paths(ImageSource images) => [.. Enumerable.Range(0, images.Count).Select(((ImageTree)images).PathOf)];

    private ImageSources Open() => DataFolder.Open(folder.Path, new() { Resolution = 32, Notices = notices });
}
