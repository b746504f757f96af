using AutoSlim.Costs;
using AutoSlim.Host.Dashboard.Reading;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Dashboard.Reading;

public sealed class TableShelfTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_table_is_read_again_when_its_file_has_changed()
    {
        var path = Write();
        var shelf = new TableShelf(new() { Work = folder.Path });
        var first = Assert.Single(shelf.All());
        Assert.Same(first, shelf.Find("phone", "cpu"));
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        Assert.NotSame(first, shelf.Find("phone", "cpu"));
    }

    [Fact]
    public void A_file_that_is_no_table_says_why()
    {
        File.WriteAllText(Write(), "{");
        var broken = Assert.Single(new TableShelf(new() { Work = folder.Path }).All());
        Assert.Null(broken.Table);
        Assert.Contains("cpu.json", broken.Problem!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..", "cpu")]
    [InlineData("phone", "../phone/cpu")]
    [InlineData("phone", "gpu")]
    public void Nothing_but_the_folders_tables_is_read(string device, string provider)
    {
        Write();
        Assert.Null(new TableShelf(new() { Work = folder.Path }).Find(device, provider));
    }

    private string Write()
    {
        var path = CostTableFile.PathFor(Path.Combine(folder.Path, "profiles"), "phone", InventedAgent.Description);
        CostTableFile.Write(path, new(InventedAgent.Description));
        return path;
    }
}
