namespace AutoSlim.Training.Data;

/// <summary>The binary version of CIFAR-10 (data_batch_*.bin, test_batch.bin) or CIFAR-100 (train.bin, test.bin): colour, 32x32.</summary>
internal sealed record CifarFolder(string TrainingPattern, int TrainingFiles, string TestFile, string ClassFile, RecordFormat Format)
{
    public static CifarFolder Cifar10 { get; } = new("data_batch_*.bin", TrainingFiles: 5, "test_batch.bin", "batches.meta.txt", new(LabelBytes: 1, 3, 32, 32, Classes: 10));

    /// <summary>Every image has a coarse and a fine label; the fine one counts.</summary>
    public static CifarFolder Cifar100 { get; } = new("train.bin", TrainingFiles: 1, "test.bin", "fine_label_names.txt", new(LabelBytes: 2, 3, 32, 32, Classes: 100));

    public bool Recognises(string folder) => Files(folder, TrainingPattern).Count > 0 || Files(folder, TestFile).Count > 0;

    /// <summary>What to tell when training files that were published are not there; null when all are.</summary>
    public string? Incomplete(string folder) => Files(folder, TrainingPattern) is var names && names.Count > 0 && names.Count < TrainingFiles
        ? $"data: '{folder}' holds {names.Count} of the {TrainingFiles} published training files: {Listed.Of(names)}; what the others hold is not trained on"
        : null;

    public ImageData Read(string folder)
    {
        var problems = new DataProblems();
        var classNames = problems.Collect(() => ClassList.Read(folder, ClassFile, Format.Classes)) ?? ClassList.Numbered(Format.Classes);
        var training = ReadSet(folder, "training", TrainingPattern, classNames, problems);
        var test = ReadSet(folder, "test", TestFile, classNames, problems);
        problems.ThrowIfAny();
        return new(training!, test!);
    }

    private ImageSet? ReadSet(string folder, string name, string pattern, IReadOnlyList<string> classNames, DataProblems problems)
    {
        var names = Files(folder, pattern);
        if (names.Count == 0) problems.Add($"{pattern}: is missing from '{folder}', expected it or {pattern}.gz");
        var remaining = DataFile.MaximumBytes;
        var parts = new List<(string, byte[])>();
        foreach (var file in names)
        {
            if (problems.Collect(() => ReadPart(DataFile.Find(folder, file)!, remaining)) is not { } bytes) continue;
            remaining -= bytes.Length;
            parts.Add((file, bytes));
        }

        return parts.Count == 0 ? null : problems.Collect(() => Format.Read(name, classNames, parts));
    }

    private static byte[] ReadPart(DataFile file, int remainingBytes)
    {
        var bytes = file.Read(remainingBytes + 1);
        return bytes.Length <= remainingBytes ? bytes : throw file.Problem($"brings the set above {DataFile.MaximumBytes} bytes, the most that is read");
    }

    /// <summary>Names without .gz, each once, in ordinal order.</summary>
    private static List<string> Files(string folder, string pattern) =>
    [
        .. Directory.EnumerateFiles(folder, pattern)
            .Concat(Directory.EnumerateFiles(folder, pattern + ".gz").Select(path => path[..^".gz".Length]))
            .Select(path => Path.GetFileName(path)!)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];
}
