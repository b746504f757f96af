namespace AutoSlim.Training.Data;

/// <summary>The layout that torchvision and ImageNet's mirrors use: train/CLASS/*.jpg, and test or val beside it; classes in the ordinal order of their names.</summary>
internal static class ImageTreeFolder
{
    private const string TrainingFolder = "train";

    /// <summary>The first that has classes holds the test images: ImageNet's own test images have no labels, and lie flat.</summary>
    private static readonly string[] TestFolders = ["test", "val"];

    public static bool Recognises(string folder) => TestFolders.Append(TrainingFolder).Any(name => Directory.Exists(Path.Combine(folder, name)));

    public static ImageSources Open(string folder, ImageTreeOptions options)
    {
        var problems = new DataProblems();
        var testFolder = Array.Find(TestFolders, name => HasClasses(Path.Combine(folder, name))) ?? Array.Find(TestFolders, name => Directory.Exists(Path.Combine(folder, name)));
        if (testFolder is null) problems.Add($"folder '{folder}' has no '{TestFolders[0]}' or '{TestFolders[1]}' beside '{TrainingFolder}'; expected one with the same classes, for the final test");
        var training = problems.Collect(() => ClassFolders.Read(folder, TrainingFolder));
        var test = testFolder is null ? null : problems.Collect(() => ClassFolders.Read(folder, testFolder));
        if (training is not null && test is not null) Compare(training, test, problems);
        problems.ThrowIfAny();
        if (testFolder == TestFolders[0] && Directory.Exists(Path.Combine(folder, TestFolders[1])))
            options.Notices.WriteLine($"data: '{TestFolders[1]}' is left out: '{TestFolders[0]}' holds the test images, and the search has its own from '{TrainingFolder}'");
        foreach (var set in new[] { training!, test! }) set.TellOthers(options.Notices);
        var broken = new BrokenImages(options, training!.Count + test!.Count);
        return new(training.ToTree("training", options.Resolution, broken), test.ToTree("test", options.Resolution, broken));
    }

    private static bool HasClasses(string folder) => Directory.Exists(folder) && ClassFolders.Shown(Directory.EnumerateDirectories(folder)).Any();

    private static void Compare(ClassFolders training, ClassFolders test, DataProblems problems)
    {
        Lacking(test.ClassNames.Except(training.ClassNames), test, training);
        Lacking(training.ClassNames.Except(test.ClassNames), training, test);

        void Lacking(IEnumerable<string> names, ClassFolders has, ClassFolders lacks)
        {
            if (names.ToList() is { Count: > 0 } some)
                problems.Add($"'{has.Name}' has {Listed.Of(some)}, which '{lacks.Name}' lacks; expected the same class folders in both");
        }
    }
}
