namespace AutoSlim.Agent.Tests;

/// <summary>A folder that looks like the root of a Linux system, for as long as a test runs.</summary>
internal sealed class InventedSystem : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("autoslim-test-").FullName;

    public InventedSystem With(string path, string content)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return this;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
