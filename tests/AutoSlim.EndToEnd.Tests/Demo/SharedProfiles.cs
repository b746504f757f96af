using AutoSlim.Tests.Common;

namespace AutoSlim.EndToEnd.Tests.Demo;

/// <summary>The folder of cost tables that demos share, as a user's do: the first one measures.</summary>
public sealed class SharedProfiles : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Path => folder.Path;

    public void Dispose() => folder.Dispose();
}
