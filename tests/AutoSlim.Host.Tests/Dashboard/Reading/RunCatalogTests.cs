using AutoSlim.Host.Dashboard.Reading;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Dashboard.Reading;

public sealed class RunCatalogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Runs_are_found_three_levels_deep_and_not_inside_each_other()
    {
        foreach (var run in new[] { "a", "b/c", "b/d/e", "f/g/h/i", "a/inner", ".hidden" }) Begin(run);
        Assert.Equal(["a", "b/c", "b/d/e"], Catalog.Names());
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("b/../a")]
    [InlineData("a/")]
    [InlineData(null)]
    public void Only_the_names_that_are_listed_lead_to_a_run(string? name)
    {
        Begin("a");
        Assert.NotNull(Catalog.Read("a"));
        Assert.Null(Catalog.Read(name));
    }

    [Fact]
    public void A_link_leads_nowhere()
    {
        Begin("a");
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("run.json", "{}");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "link"), elsewhere.Path);
        Assert.Equal(["a"], Catalog.Names());
    }

    private RunCatalog Catalog => new(new() { Work = folder.Path });

    private void Begin(string run)
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, run));
        folder.Write($"{run}/run.json", "{}");
    }
}
