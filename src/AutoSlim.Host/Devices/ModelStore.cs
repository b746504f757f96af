namespace AutoSlim.Host.Devices;

/// <summary>What devices may fetch, by its hash, and only for as long as somebody asks for it.</summary>
internal sealed class ModelStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (byte[] Content, int Users)> published = [];

    /// <summary>The content is offered until the returned value is disposed.</summary>
    /// <param name="content">To offer.</param>
    /// <param name="hash">Of the content.</param>
    public PublishedContent Publish(byte[] content, string hash)
    {
        lock (gate)
        {
            var users = published.TryGetValue(hash, out var entry) ? entry.Users : 0;
            published[hash] = (content, users + 1);
        }

        return new(hash, Withdraw);
    }

    public byte[]? Find(string hash)
    {
        lock (gate) return published.TryGetValue(hash, out var entry) ? entry.Content : null;
    }

    private void Withdraw(string hash)
    {
        lock (gate)
        {
            var (content, users) = published[hash];
            if (users == 1) published.Remove(hash);
            else published[hash] = (content, users - 1);
        }
    }
}
