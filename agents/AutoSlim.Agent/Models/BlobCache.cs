using AutoSlim.Profiling;

namespace AutoSlim.Agent.Models;

/// <summary>The folder of what was fetched: a temporary one of bounded size, deleted with the agent.</summary>
internal sealed class BlobCache : IDisposable
{
    private const long MaximumBytes = 1L << 30;

    private readonly ScratchFolder temporary = new("autoslim-agent-");
    private long bytes;

    public BlobCache() => Folder = new(temporary.Path);

    public BlobFolder Folder { get; }

    public bool Holds(string hash) => Folder.Holds(hash);

    public void Write(string hash, byte[] content)
    {
        if (bytes + content.Length > MaximumBytes)
        {
            Folder.Clear();
            bytes = 0;
        }

        Folder.Write(hash, content);
        bytes += content.Length;
    }

    public void Dispose() => temporary.Dispose();
}
