using System.IO.Compression;

namespace AutoSlim.Training.Tests.Data;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("autoslim-test-").FullName;

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, byte[] bytes) => File.WriteAllBytes(PathOf(name), bytes);

    public void WriteGzipped(string name, byte[] bytes)
    {
        using var packer = new GZipStream(File.Create(PathOf(name + ".gz")), CompressionMode.Compress);
        packer.Write(bytes);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
