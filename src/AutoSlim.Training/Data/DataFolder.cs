namespace AutoSlim.Training.Data;

/// <summary>
/// Reads a folder of images in a published format: MNIST and Fashion-MNIST (four IDX files), CIFAR-10 and CIFAR-100 (binary version),
/// every file plain or gzipped, or image files in a folder for each class (train/CLASS/*.jpg, and test or val beside it).
/// </summary>
public static class DataFolder
{
    /// <summary>A folder of any kind. Image files are listed now and decoded when they are needed.</summary>
    /// <exception cref="DataException">With every problem of the folder and its files.</exception>
    public static ImageSources Open(string path, ImageTreeOptions options)
    {
        if (ReadSmall(path) is { } data)
        {
            if (CifarFolder.Cifar10.Incomplete(path) is string notice) options.Notices.WriteLine(notice);
            return new(data.Training, data.Test);
        }

        return ImageTreeFolder.Recognises(path) ? ImageTreeFolder.Open(path, options) : throw Unknown(path);
    }

    /// <summary>A folder of small images, which are read into memory.</summary>
    /// <exception cref="DataException">With every problem of the folder and its files.</exception>
    public static ImageData Read(string path)
    {
        if (ReadSmall(path) is { } data) return data;
        if (ImageTreeFolder.Recognises(path)) throw new DataException($"folder '{path}' holds image files by class, which are not read into memory; expected an IDX or CIFAR-binary folder here, and only train takes image files");
        throw Unknown(path);
    }

    private static ImageData? ReadSmall(string path)
    {
        if (!Directory.Exists(path)) throw new DataException($"folder '{path}' does not exist");
        if (IdxFolder.Recognises(path)) return IdxFolder.Read(path);
        if (CifarFolder.Cifar10.Recognises(path)) return CifarFolder.Cifar10.Read(path);
        return CifarFolder.Cifar100.Recognises(path) ? CifarFolder.Cifar100.Read(path) : null;
    }

    private static DataException Unknown(string path) => new(
        $"folder '{path}' {Contents(path)}; expected train-images-idx3-ubyte and its three companions (MNIST, Fashion-MNIST), " +
        "data_batch_*.bin and test_batch.bin (CIFAR-10) or train.bin and test.bin (CIFAR-100), plain or .gz, " +
        "or train/CLASS/*.jpg and test/CLASS/*.jpg (image files)");

    private static string Contents(string path)
    {
        var names = Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? "is empty" : $"holds {Listed.Of(names)}";
    }
}
