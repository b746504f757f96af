namespace AutoSlim.Training.Data;

/// <summary>The four files of MNIST, Fashion-MNIST and their like: grey images, ten classes.</summary>
internal static class IdxFolder
{
    private const int Classes = 10;

    private static readonly string[] Names = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    public static bool Recognises(string folder) => Names.Any(name => DataFile.Find(folder, name) is not null);

    public static ImageData Read(string folder)
    {
        var problems = new DataProblems();
        var training = ReadSet(folder, "training", Names[0], Names[1], problems);
        var test = ReadSet(folder, "test", Names[2], Names[3], problems);
        if (training is not null && test is not null && (training.Height, training.Width) != (test.Height, test.Width))
            problems.Add($"{Names[2]}: has images of {test.Height}x{test.Width}, expected {training.Height}x{training.Width} as in {Names[0]}");
        problems.ThrowIfAny();
        return new(training!, test!);
    }

    private static ImageSet? ReadSet(string folder, string name, string imageFile, string labelFile, DataProblems problems)
    {
        var images = problems.Collect(() => IdxFile.Read(Require(folder, imageFile), dimensions: 3));
        var labels = problems.Collect(() => ReadLabels(Require(folder, labelFile)));
        if (images is null || labels is null) return null;
        if (images.Sizes[0] != labels.Sizes[0])
        {
            problems.Add($"{labels.Name}: has {labels.Sizes[0]} labels, expected {images.Sizes[0]} as {images.Name} has images");
            return null;
        }

        return new(name, channels: 1, images.Sizes[1], images.Sizes[2], ClassList.Numbered(Classes), images.Values, [.. labels.Values]);
    }

    private static IdxFile ReadLabels(DataFile file)
    {
        var labels = IdxFile.Read(file, dimensions: 1);
        var wrong = Array.FindIndex(labels.Values, label => label >= Classes);
        return wrong < 0 ? labels : throw file.Problem($"image {wrong} has label {labels.Values[wrong]}, expected 0 to {Classes - 1}");
    }

    private static DataFile Require(string folder, string name) =>
        DataFile.Find(folder, name) ?? throw new DataException($"{name}: is missing from '{folder}', expected it or {name}.gz");
}
