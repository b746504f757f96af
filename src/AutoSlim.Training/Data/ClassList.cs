using System.Globalization;

namespace AutoSlim.Training.Data;

/// <summary>Names of classes in label order.</summary>
internal static class ClassList
{
    private const int MaximumNameFileBytes = 1 << 16;

    public static IReadOnlyList<string> Numbered(int classes) => [.. Enumerable.Range(0, classes).Select(label => label.ToString(CultureInfo.InvariantCulture))];

    /// <summary>One name per line of <paramref name="file"/>; numbers when the folder has no such file.</summary>
    /// <exception cref="DataException">The file has another number of names.</exception>
    public static IReadOnlyList<string> Read(string folder, string file, int classes)
    {
        if (DataFile.Find(folder, file) is not { } found) return Numbered(classes);
        var text = System.Text.Encoding.UTF8.GetString(found.Read(MaximumNameFileBytes));
        var names = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length == classes ? names : throw found.Problem($"has {names.Length} class names, expected {classes}");
    }
}
