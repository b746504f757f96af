using AutoSlim.Training.Data;

namespace AutoSlim.Training.Tests.Data;

public sealed class CifarFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Training_batches_are_joined_in_order()
    {
        WriteCifar10();
        var (training, test) = DataFolder.Read(folder.Path);
        Assert.Equal([3, 4, 5], training.Labels.ToArray());
        Assert.Equal((3, 32, 32, 10), (training.Channels, training.Height, training.Width, training.Classes));
        Assert.Equal(Enumerable.Repeat((byte)5, 3072), training.Image(2).ToArray());
        Assert.Equal([9], test.Labels.ToArray());
    }

    [Fact]
    public void Training_files_that_are_not_there_are_told()
    {
        WriteCifar10();
        Assert.Equal($"data: '{folder.Path}' holds 2 of the 5 published training files: data_batch_1.bin, data_batch_2.bin; what the others hold is not trained on\n", Opened());
        for (var number = 3; number <= 5; number++) folder.Write($"data_batch_{number}.bin", Record(1));
        Assert.Equal("", Opened());
    }

    [Fact]
    public void Class_names_come_from_the_folder_when_it_has_them()
    {
        WriteCifar10();
        folder.Write("batches.meta.txt", "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n"u8.ToArray());
        Assert.Equal("truck", DataFolder.Read(folder.Path).Test.ClassNames[9]);
    }

    [Fact]
    public void A_wrong_number_of_class_names_is_refused()
    {
        WriteCifar10();
        folder.Write("batches.meta.txt", "cat\ndog\n"u8.ToArray());
        AssertProblem("batches.meta.txt: has 2 class names, expected 10");
    }

    [Fact]
    public void The_fine_label_of_the_hundred_classes_counts()
    {
        folder.WriteGzipped("train.bin", [19, .. Record(99)]);
        folder.Write("test.bin", [0, .. Record(42)]);
        var (training, test) = DataFolder.Read(folder.Path);
        Assert.Equal((100, 99, 42), (training.Classes, training.Labels[0], test.Labels[0]));
    }

    [Fact]
    public void A_file_that_ends_inside_a_record_is_refused()
    {
        WriteCifar10();
        folder.Write("data_batch_1.bin", [.. Record(1), .. Record(2)[..100]]);
        AssertProblem("data_batch_1.bin: has 3173 bytes, 1 records and 100 bytes more; expected a multiple of 3073");
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        WriteCifar10();
        folder.Write("test_batch.bin", []);
        AssertProblem("test_batch.bin: has 0 bytes");
    }

    [Fact]
    public void A_label_out_of_range_names_its_image()
    {
        WriteCifar10();
        folder.Write("data_batch_1.bin", [.. Record(9), .. Record(10)]);
        AssertProblem("data_batch_1.bin: image 1 has label 10, expected 0 to 9");
    }

    [Fact]
    public void A_missing_test_batch_is_named()
    {
        folder.Write("data_batch_1.bin", Record(0));
        AssertProblem("test_batch.bin: is missing");
    }

    [Fact]
    public void Missing_training_batches_are_named()
    {
        folder.Write("test_batch.bin", Record(0));
        AssertProblem("data_batch_*.bin: is missing");
    }

    [Fact]
    public void An_empty_folder_says_what_was_expected() => AssertProblem("is empty; expected train-images-idx3-ubyte");

    [Fact]
    public void A_foreign_folder_shows_what_it_holds()
    {
        folder.Write("cat.png", [0]);
        AssertProblem("holds cat.png; expected");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        var exception = Assert.Throws<DataException>(() => DataFolder.Read(folder.PathOf("nowhere")));
        Assert.Contains("does not exist", exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Record(byte label) => [label, .. Enumerable.Repeat(label, 3072)];

    /// <summary>What is told when it is opened.</summary>
    private string Opened()
    {
        using var notices = new StringWriter { NewLine = "\n" };
        DataFolder.Open(folder.Path, new() { Notices = notices });
        return notices.ToString();
    }

    private void WriteCifar10()
    {
        folder.WriteGzipped("data_batch_2.bin", Record(5));
        folder.Write("data_batch_1.bin", [.. Record(3), .. Record(4)]);
        folder.Write("test_batch.bin", Record(9));
    }

    private void AssertProblem(string expected)
    {
        var exception = Assert.Throws<DataException>(() => DataFolder.Read(folder.Path));
        Assert.Contains(expected, Assert.Single(exception.Problems), StringComparison.Ordinal);
    }
}
