using AutoSlim.Profiling;

namespace AutoSlim.Agent.Models;

/// <summary>Fetched models and images as files, by their hash. What a file holds is checked whenever it is read: nothing on disk is trusted.</summary>
internal sealed class BlobFolder(string path)
{
    public string Path => path;

    public bool Holds(string hash)
    {
        if (!File.Exists(FileOf(hash))) return false;
        using var content = File.OpenRead(FileOf(hash));
        return ContentHash.Of(content) == hash;
    }

    /// <exception cref="AgentException">It is not there, or not what it was.</exception>
    public byte[] Read(string hash)
    {
        var content = File.Exists(FileOf(hash)) ? File.ReadAllBytes(FileOf(hash)) : [];
        return ContentHash.Of(content) == hash ? content : throw new AgentException($"content {hash} is missing in '{path}'");
    }

    public void Write(string hash, byte[] content) => File.WriteAllBytes(FileOf(hash), content);

    public void Clear()
    {
        foreach (var file in Directory.EnumerateFiles(path)) File.Delete(file);
    }

    private string FileOf(string hash) => System.IO.Path.Combine(path, hash);
}
