using Microsoft.Playwright;

namespace AutoSlim.Host.Tests.Dashboard;

[Collection(PageTestGroup.Name)]
public sealed class JobsPageTests(ServedPage served)
{
    [Fact]
    public async Task A_job_is_submitted_watched_cancelled_and_resumed()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsync("/jobs");
        await SubmitAsync(page, "name: night\nsteps:\n- profile mobilenet_v1 --layout cifar --resolution 8 --device shelf");
        await page.SeesHeadingAsync("night running");
        await Assertions.Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("waiting for device 'shelf'");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel night" }).ClickAsync();
        await page.SeesHeadingAsync("night cancelled");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume night" }).ClickAsync();
        await page.SeesHeadingAsync("night running");
        await page.GetByRole(AriaRole.Link, new() { Name = "Jobs", Exact = true }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "night" })).ToContainTextAsync("waiting for device 'shelf'");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel night" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "night" })).ToContainTextAsync("cancelled");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_job_is_said_at_once()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsync("/jobs");
        await SubmitAsync(page, "name: a b\nsteps:\n- paint it\n- profile mobilenet_v1 --device shelf --port 1");
        var problems = page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Listitem);
        await Assertions.Expect(problems).ToHaveCountAsync(3);
        await Assertions.Expect(problems.Nth(1)).ToContainTextAsync("step 1: 'paint' is no verb for a job");
        await page.GetByLabel("Name and steps").FillAsync("name: [");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("the job cannot be read");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_log_is_followed_at_its_end_and_left_alone_where_somebody_reads()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsync("/jobs");
        await page.SeesHeadingAsync("Jobs");
        var positions = await page.EvaluateAsync<double[]>("""
            () => {
              const log = document.body.appendChild(document.createElement('pre'));
              log.style.cssText = 'height: 100px; overflow: auto; line-height: 20px';
              const add = () => { log.textContent += 'line\n'.repeat(20); autoslim.followEnd(log); return log.scrollHeight - log.clientHeight - log.scrollTop; };
              const followed = [add(), add()];
              log.scrollTop = 10;
              add();
              const read = log.scrollTop;
              log.scrollTop = log.scrollHeight;
              return [...followed, read, add()];
            }
            """);
        Assert.Equal([0, 0, 10, 0], positions);
        await page.Context.CloseAsync();
    }

    private static async Task SubmitAsync(IPage page, string job)
    {
        await page.GetByText("New job").ClickAsync();
        await page.GetByLabel("Name and steps").FillAsync(job);
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
    }
}
