namespace AutoSlim.Host.Tests.Dashboard;

/// <summary>The tests that share one host and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class PageTestGroup : ICollectionFixture<ServedPage>
{
    public const string Name = "page";
}
