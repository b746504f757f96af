namespace AutoSlim.Host.Devices;

/// <summary>Content on offer; disposing it ends the offer.</summary>
internal sealed class PublishedContent(string hash, Action<string> withdraw) : IDisposable
{
    public string Hash => hash;

    public void Dispose() => withdraw(hash);
}
