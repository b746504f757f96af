using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AutoSlim.Host.Tests.Dashboard;

/// <summary>On a phone, light and dark, for people who see, who see little and who hear.</summary>
[Collection(PageTestGroup.Name)]
public sealed class LooksTests(ServedPage served)
{
    /// <summary>All rules; what passed is not told one by one.</summary>
    private static readonly AxeRunOptions Options = new() { ResultTypes = [ResultType.Violations] };

    [Theory]
    [InlineData("/", "Devices", "tr[data-device='shelf']")]
    [InlineData("/devices/pixel", "pixel", "table")]
    [InlineData("/tables", "Cost tables", "table")]
    [InlineData("/tables/pixel/cpu", "pixel cpu", ".heatmaplayer .hm")]
    [InlineData("/jobs", "Jobs", "summary")]
    [InlineData("/jobs/0123456789ab", "0123456789ab", "[role=alert]")]
    [InlineData("/runs", "Runs", "table")]
    [InlineData("/runs/night/phone", "night/phone", ".barlayer .trace")]
    [InlineData("/not-found", "There is no such page", "p")]
    public async Task A_page_fits_a_phone_asks_nobody_else_and_passes_axe_in_both_themes(string path, string heading, string content)
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsync("/sign-in", isPhone: true);
        var complaints = Complaints(page);
        await page.GotoAsync(path);
        await page.SeesHeadingAsync(heading);
        await page.Locator(content).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        if (path == "/jobs") await page.GetByText("New job").ClickAsync();
        await LooksGoodAsync(page, "light");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.Locator("html[data-theme=dark]").WaitForAsync();
        await LooksGoodAsync(page, "dark");
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_sign_in_page_passes_axe_in_both_themes_when_it_refuses_too()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsStrangerAsync("/sign-in?refused=true");
        await LooksGoodAsync(page, "light");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await LooksGoodAsync(page, "dark");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_it_is_switched_and_the_choice_stays()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsync("/jobs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" }).ClickAsync();
        await page.Locator("html[data-theme=dark]").WaitForAsync();
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Light colours" }).WaitForAsync();
        Assert.Equal("dark", await page.Locator("html").GetAttributeAsync("data-theme"));
        await page.Context.CloseAsync();
    }

    /// <summary>What the browser logs as wrong, and every request that leaves the host.</summary>
    private List<string> Complaints(IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) =>
        {
            var url = new Uri(request.Url);
            if (url.Scheme is "http" or "https" or "ws" or "wss" && url.Authority != served.Address.Authority) complaints.Add(request.Url);
        };
        return complaints;
    }

    /// <summary>Once every colour has changed: halfway between two themes nothing has the contrast of either.</summary>
    private static async Task LooksGoodAsync(IPage page, string theme)
    {
        await page.EvaluateAsync("Promise.allSettled(document.getAnimations().filter(running => running instanceof CSSTransition).map(running => running.finished)).then(() => null)");
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        var found = await page.RunAxe(Options);
        Assert.True(found.Violations.Length == 0, $"{theme}: {string.Join('\n', found.Violations.Select(violation => $"{violation.Impact} {violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}"))}");
    }
}
