using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace AutoSlim.Host.Tests.Dashboard;

[Collection(PageTestGroup.Name)]
public sealed class DevicesPageTests(ServedPage served)
{
    [Fact]
    public async Task A_device_appears_when_its_agent_connects_tells_how_it_fares_and_leaves()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsync("/");
        await page.SeesHeadingAsync("Devices");
        await Assertions.Expect(page.Device("latecomer")).ToHaveCountAsync(0);
        await using (var agent = await EnrolledAgent.ConnectAsync(served.Host, "latecomer"))
        {
            await Assertions.Expect(page.Device("latecomer")).ToContainTextAsync("here");
            await agent.BeatAsync(EnrolledAgent.Conditions);
            await Assertions.Expect(page.Device("latecomer")).ToContainTextAsync("41.5 °C");
            await Assertions.Expect(page.Device("latecomer")).ToContainTextAsync("83 %, discharging");
            await Assertions.Expect(page.Device("latecomer")).ToContainTextAsync("2.40 GHz");
            await Assertions.Expect(page.Device("latecomer")).ToContainTextAsync("Cortex-A72");
        }

        await Assertions.Expect(page.Device("latecomer")).ToContainTextAsync("away");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_device_that_never_came_says_so()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsync("/");
        await Assertions.Expect(page.Device("shelf")).ToContainTextAsync("never connected");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Devices_are_found_by_name_and_pool()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsync("/");
        await page.GetByLabel("Name or pool").FillAsync("PHONES");
        await Assertions.Expect(page.Locator("tr[data-device]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Device("pixel")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_devices_own_page_has_its_key_and_what_it_answered()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsync("/devices/pixel");
        await Assertions.Expect(page.GetByText("Cortex-A72, arm64")).ToBeVisibleAsync();
        var answer = page.GetByRole(AriaRole.Row, new() { Name = "convolution of the test" });
        await Assertions.Expect(answer).ToContainTextAsync("100.0 µs");
        await page.GotoAsync("/devices/nobody");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("autoslim enroll nobody");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_page_tells_that_the_database_cannot_be_read_and_goes_on_when_it_can()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsync("/");
        await page.SeesHeadingAsync("Devices");
        await ExecuteAsync("alter table devices rename to hidden");
        try
        {
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The host cannot read its database");
            await Assertions.Expect(page.Device("pixel")).ToBeVisibleAsync();
        }
        finally
        {
            await ExecuteAsync("alter table hidden rename to devices");
        }

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    /// <summary>Behind the host's back.</summary>
    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={served.DatabasePath};Pooling=False");
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql);
    }
}
