using AutoSlim.Host.Serving;
using AutoSlim.Host.Stages;

namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>The runs under the work folder. Only what is found here is ever opened, whatever a request names.</summary>
internal sealed class RunCatalog(ServeOptions options)
{
    private const int MaximumDepth = 3;

    private static readonly EnumerationOptions Plain = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };

    /// <summary>The runs' paths from the work folder, with '/' between their parts, sorted.</summary>
    public IReadOnlyList<string> Names() => [.. Under(Path.GetFullPath(options.Work), MaximumDepth).Select(NameOf).Order(StringComparer.Ordinal)];

    /// <summary>Null where no run has this name.</summary>
    public RunFolder? Find(string? name) => Names().Contains(name) ? new(Path.Combine(options.Work, name!)) : null;

    /// <summary>The ONNX file of a network that the run lists; null where there is none.</summary>
    public string? FindOnnx(string? run, string? network) => Find(run)?.Networks()
        .Where(folder => folder.Name == network && File.Exists(folder.OnnxPath)).Select(folder => folder.OnnxPath).FirstOrDefault();

    private string NameOf(string folder) => Path.GetRelativePath(Path.GetFullPath(options.Work), folder).Replace(Path.DirectorySeparatorChar, '/');

    private static IEnumerable<string> Under(string folder, int depth) => Directory.EnumerateDirectories(folder, "*", Plain).SelectMany(inner =>
        File.Exists(new RunFolder(inner).SettingsPath) ? [inner] : depth > 1 ? Under(inner, depth - 1) : []);
}
