using System.Diagnostics.CodeAnalysis;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Models;

/// <summary>Fetched models and blobs by their hash, in a temporary folder that is deleted with the agent.</summary>
internal sealed class BlobCache : IDisposable
{
    private const long MaximumBytes = 1L << 30;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("autoslim-agent-");
    private long bytes;

    /// <summary>What a file holds is checked again: nothing on disk is trusted.</summary>
    public bool TryRead(string hash, [NotNullWhen(true)] out byte[]? content)
    {
        var path = PathOf(hash);
        content = File.Exists(path) ? File.ReadAllBytes(path) : null;
        if (content is not null && ContentHash.Of(content) != hash) content = null;
        return content is not null;
    }

    public void Write(string hash, byte[] content)
    {
        if (bytes + content.Length > MaximumBytes) Clear();
        File.WriteAllBytes(PathOf(hash), content);
        bytes += content.Length;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void Clear()
    {
        foreach (var file in folder.EnumerateFiles()) file.Delete();
        bytes = 0;
    }

    private string PathOf(string hash) => Path.Combine(folder.FullName, hash);
}
