using System.Net;
using Microsoft.Playwright;

namespace AutoSlim.Host.Tests.Dashboard;

[Collection(PageTestGroup.Name)]
public sealed class ChartPagesTests(ServedPage served)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cost_table_is_a_heat_map_with_its_unit_and_a_line_for_what_keeps_its_channels()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsync("/tables");
        await page.GetByRole(AriaRole.Link, new() { Name = "pixel" }).ClickAsync();
        await Assertions.Expect(page.Locator(".chart .heatmaplayer .hm")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".chart .cbtitle")).ToHaveTextAsync("µs");
        var depthwise = await page.GetByLabel("Operator family").Locator("option", new() { HasText = "Depthwise" }).First.GetAttributeAsync("value");
        await page.GetByLabel("Operator family").SelectOptionAsync(depthwise!);
        await Assertions.Expect(page.Locator(".chart .scatterlayer .trace")).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_run_shows_its_curve_its_channels_and_accuracy_over_latency()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsync("/runs");
        await page.GetByRole(AriaRole.Link, new() { Name = ExampleWork.Run }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "Held-out score over latency@pixel" }).Locator(".scatterlayer .trace")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "Channels of every group of small" }).Locator(".barlayer .trace")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "Top-1 accuracy over measured latency" }).Locator(".scatterlayer .trace")).ToHaveCountAsync(2);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_networks_onnx_file_is_downloaded_byte_by_byte()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsync($"/runs/{ExampleWork.Run}");
        var link = page.Locator("tr[data-network='small'] a");
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        Assert.Equal("night-phone-small.onnx", download.SuggestedFilename);
        Assert.Equal(await File.ReadAllBytesAsync(served.Example.Network("small").OnnxPath, Cancellation), await File.ReadAllBytesAsync(await download.PathAsync(), Cancellation));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("night/phone", "../phone/small")]
    [InlineData("night/phone", "absent")]
    [InlineData("../work/night/phone", "small")]
    [InlineData("night", "phone")]
    [InlineData("/etc", "small")]
    public async Task Nothing_but_what_a_run_lists_is_given_out(string run, string network)
    {
        ServedPage.RequireBrowser();
        using var http = served.Client(asOperator: true);
        using var answer = await http.GetAsync($"/api/runs/onnx?run={Uri.EscapeDataString(run)}&network={Uri.EscapeDataString(network)}", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
