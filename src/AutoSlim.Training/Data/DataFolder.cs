namespace AutoSlim.Training.Data;

/// <summary>
/// Reads a folder of images in a published format: MNIST and Fashion-MNIST (four IDX files), CIFAR-10 and CIFAR-100 (binary version);
/// every file plain or gzipped.
/// </summary>
public static class DataFolder
{
    private const int NamesShown = 5;

    /// <exception cref="DataException">With every problem of the folder and its files.</exception>
    public static ImageData Read(string path)
    {
        if (!Directory.Exists(path)) throw new DataException($"folder '{path}' does not exist");
        if (IdxFolder.Recognises(path)) return IdxFolder.Read(path);
        if (CifarFolder.Cifar10.Recognises(path)) return CifarFolder.Cifar10.Read(path);
        if (CifarFolder.Cifar100.Recognises(path)) return CifarFolder.Cifar100.Read(path);
        throw new DataException(
            $"folder '{path}' {Contents(path)}; expected train-images-idx3-ubyte and its three companions (MNIST, Fashion-MNIST), " +
            "data_batch_*.bin and test_batch.bin (CIFAR-10) or train.bin and test.bin (CIFAR-100), plain or .gz");
    }

    private static string Contents(string path)
    {
        var names = Directory.EnumerateFileSystemEntries(path).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        if (names.Count == 0) return "is empty";
        return $"holds {string.Join(", ", names.Take(NamesShown))}{(names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "")}";
    }
}
