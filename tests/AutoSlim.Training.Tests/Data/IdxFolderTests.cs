using AutoSlim.Training.Data;

namespace AutoSlim.Training.Tests.Data;

public sealed class IdxFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public IdxFolderTests() => IdxBytes.WriteFolder(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Plain_and_gzipped_files_are_read()
    {
        var (training, test) = DataFolder.Read(folder.Path);
        Assert.Equal((3, 1, 2, 3, 10), (training.Count, training.Channels, training.Height, training.Width, training.Classes));
        Assert.Equal([6, 7, 8, 9, 10, 11], training.Image(1).ToArray());
        Assert.Equal([0, 1], test.Labels.ToArray());
    }

    [Fact]
    public void A_missing_file_is_named() => AssertProblem(
        "t10k-labels-idx1-ubyte: is missing", () => File.Delete(folder.PathOf("t10k-labels-idx1-ubyte")));

    [Fact]
    public void A_truncated_file_names_both_lengths() => AssertProblem(
        "train-images-idx3-ubyte: is truncated: it has 17 of the 18 bytes", () => folder.Write("train-images-idx3-ubyte", IdxBytes.Images(3)[..^1]));

    [Fact]
    public void A_file_longer_than_its_header_says_is_refused() => AssertProblem(
        "train-images-idx3-ubyte: has more than the 18 bytes", () => folder.Write("train-images-idx3-ubyte", [.. IdxBytes.Images(3), 0]));

    [Fact]
    public void A_file_shorter_than_its_header_is_refused() => AssertProblem(
        "train-images-idx3-ubyte: has 6 bytes, expected an IDX header of 16", () => folder.Write("train-images-idx3-ubyte", IdxBytes.Images(3)[..6]));

    [Fact]
    public void An_empty_file_is_refused() => AssertProblem(
        "train-images-idx3-ubyte: has 0 bytes, expected an IDX header of 16", () => folder.Write("train-images-idx3-ubyte", []));

    [Fact]
    public void Foreign_magic_is_shown_in_hexadecimal() => AssertProblem(
        "train-images-idx3-ubyte: starts with 0x89504E47, expected 0x00000803",
        () => folder.Write("train-images-idx3-ubyte", [0x89, 0x50, 0x4E, 0x47, 0, 0]));

    [Fact]
    public void Labels_in_the_place_of_images_are_refused() => AssertProblem(
        "train-images-idx3-ubyte: starts with 0x00000801", () => folder.Write("train-images-idx3-ubyte", IdxBytes.Labels(3)));

    [Fact]
    public void Another_number_of_labels_than_images_is_refused() => AssertProblem(
        "t10k-labels-idx1-ubyte: has 3 labels, expected 2", () => folder.Write("t10k-labels-idx1-ubyte", IdxBytes.Labels(3)));

    [Fact]
    public void A_label_out_of_range_names_its_image() => AssertProblem(
        "t10k-labels-idx1-ubyte: image 1 has label 10, expected 0 to 9", () => folder.Write("t10k-labels-idx1-ubyte", IdxBytes.Of([2], [9, 10])));

    [Fact]
    public void Test_images_of_another_size_are_refused() => AssertProblem(
        "has images of 3x2, expected 2x3", () => folder.WriteGzipped("t10k-images-idx3-ubyte", IdxBytes.Images(2, height: 3, width: 2)));

    [Fact]
    public void A_file_that_is_not_gzip_is_refused() => AssertProblem(
        "t10k-images-idx3-ubyte.gz: is not gzip", () => folder.Write("t10k-images-idx3-ubyte.gz", IdxBytes.Images(2)));

    [Fact]
    public void A_damaged_gzip_file_is_refused() => AssertProblem(
        "t10k-images-idx3-ubyte.gz: cannot be read", () => folder.Write("t10k-images-idx3-ubyte.gz", [0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 255, 255, 255]));

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        folder.Write("train-images-idx3-ubyte", [1, 2, 3, 4]);
        File.Delete(folder.PathOf("t10k-labels-idx1-ubyte"));
        var exception = Assert.Throws<DataException>(() => DataFolder.Read(folder.Path));
        Assert.Equal(2, exception.Problems.Count);
        Assert.All(exception.Problems, problem => Assert.Contains(problem, exception.Message, StringComparison.Ordinal));
    }

    private void AssertProblem(string expected, Action damage)
    {
        damage();
        var exception = Assert.Throws<DataException>(() => DataFolder.Read(folder.Path));
        Assert.Contains(expected, Assert.Single(exception.Problems), StringComparison.Ordinal);
    }
}
