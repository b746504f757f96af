using AutoSlim.Host.Serving;
using AutoSlim.Host.Stages;

namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>The runs under the work folder. Only what is found here is ever opened, whatever a request names.</summary>
internal sealed class RunCatalog(ServeOptions options)
{
    private const int MaximumDepth = 3;

    private static readonly EnumerationOptions Plain = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };

    private readonly NetworkReader networks = new();

    /// <summary>The runs' paths from the work folder, with '/' between their parts, sorted.</summary>
    public IReadOnlyList<string> Names() => [.. Under(Path.GetFullPath(options.Work), MaximumDepth).Select(NameOf).Order(StringComparer.Ordinal)];

    /// <summary>Null where no run has this name.</summary>
    public RunView? Read(string? name) => Find(name) is { } run ? RunView.Read(run, networks) : null;

    /// <summary>The ONNX file of a network that the run lists; null where there is none of its channels and weights as they are now.</summary>
    public string? FindOnnx(string? run, string? network) =>
        Read(run)?.Networks.Any(view => view.Name == network && view.OnnxBytes is not null) == true ? Find(run)!.Network(network!).OnnxPath : null;

    private RunFolder? Find(string? name) => Names().Contains(name) ? new(Path.Combine(options.Work, name!)) : null;

    private string NameOf(string folder) => Path.GetRelativePath(Path.GetFullPath(options.Work), folder).Replace(Path.DirectorySeparatorChar, '/');

    private static IEnumerable<string> Under(string folder, int depth) => Directory.EnumerateDirectories(folder, "*", Plain).SelectMany(inner =>
        File.Exists(new RunFolder(inner).SettingsPath) ? [inner] : depth > 1 ? Under(inner, depth - 1) : []);
}
