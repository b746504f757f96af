namespace AutoSlim.Training.Data;

/// <summary>One folder per class and the image files in them, listed but not opened. Names that begin with a dot are hidden and passed over.</summary>
internal sealed class ClassFolders
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png"];

    private readonly string folder;
    private readonly List<string> files = [];
    private readonly List<int> labels = [];
    private readonly List<string> others = [];
    private readonly List<string> deeper = [];

    private ClassFolders(string parent, string name)
    {
        (Name, folder) = (name, Path.Combine(parent, name));
        ClassNames = [.. Shown(Directory.EnumerateDirectories(folder))];
    }

    public string Name { get; }

    public IReadOnlyList<string> ClassNames { get; }

    public int Count => files.Count;

    /// <exception cref="DataException">No such folder, no classes, or classes without images; all of them.</exception>
    public static ClassFolders Read(string parent, string name)
    {
        if (!Directory.Exists(Path.Combine(parent, name))) throw new DataException($"folder '{parent}' has no '{name}'; expected {name}/CLASS/*.jpg, one folder for each class");
        try
        {
            var classes = new ClassFolders(parent, name);
            classes.List();
            return classes;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"folder '{Path.Combine(parent, name)}' cannot be listed: {fault.Message}");
        }
    }

    /// <summary>Their names without a folder, in order; hidden ones left out.</summary>
    public static IEnumerable<string> Shown(IEnumerable<string> paths) =>
        paths.Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal);

    public void TellOthers(TextWriter notices)
    {
        if (deeper.Count > 0) notices.WriteLine($"data: left out, for images are looked for in the classes' own folders only, not in folders in them: {Listed.Of(deeper)}");
        if (others.Count > 0) notices.WriteLine($"data: left out, for they do not end with {string.Join(", ", Endings)}: {Listed.Of(others)}");
    }

    public ImageTree ToTree(string name, int resolution, BrokenImages broken) => new(name, folder, resolution, ClassNames, [.. files], [.. labels], broken);

    private void List()
    {
        if (ClassNames.Count == 0) throw new DataException($"folder '{folder}' has no folders in it; expected one for each class");
        var empty = ClassNames.Where((className, label) => !List(className, label)).ToList();
        if (empty.Count > 0) throw new DataException($"folder '{folder}' has classes without a file that ends with {string.Join(", ", Endings)}: {Listed.Of(empty)}; fill or delete them{MoveUp(empty)}");
    }

    private string MoveUp(IReadOnlyList<string> empty) =>
        deeper.FirstOrDefault(inner => empty.Any(className => inner.StartsWith($"{Name}/{className}/", StringComparison.Ordinal))) is string found ? $", or move the images of folders such as '{found}' up into their classes" : "";

    private bool List(string className, int label)
    {
        var before = files.Count;
        foreach (var file in Shown(Directory.EnumerateFiles(Path.Combine(folder, className))))
        {
            if (Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)) files.Add(file);
            else others.Add($"{Name}/{className}/{file}");
        }

        deeper.AddRange(Shown(Directory.EnumerateDirectories(Path.Combine(folder, className))).Select(inner => $"{Name}/{className}/{inner}"));
        labels.AddRange(Enumerable.Repeat(label, files.Count - before));
        return files.Count > before;
    }
}
