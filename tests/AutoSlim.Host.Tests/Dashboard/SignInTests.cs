using System.Net;
using Microsoft.Playwright;

namespace AutoSlim.Host.Tests.Dashboard;

[Collection(PageTestGroup.Name)]
public sealed class SignInTests(ServedPage served)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/jobs")]
    [InlineData("/runs/night/phone")]
    [InlineData("/not-found")]
    public async Task A_stranger_is_sent_to_the_sign_in_page(string path)
    {
        ServedPage.RequireBrowser();
        using var http = served.Client(asOperator: false);
        using var answer = await http.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in", answer.Headers.Location!.AbsolutePath);
    }

    [Theory]
    [InlineData("/_blazor/negotiate?negotiateVersion=1", "POST")]
    [InlineData("/api/jobs", "GET")]
    [InlineData("/api/runs/onnx?run=night/phone&network=small", "GET")]
    public async Task A_stranger_gets_neither_a_circuit_nor_data(string path, string method)
    {
        ServedPage.RequireBrowser();
        using var http = served.Client(asOperator: false);
        using var answer = await http.SendAsync(new(new(method), path), Cancellation);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Redirect });
    }

    [Fact]
    public async Task A_wrong_token_is_refused_with_what_to_do()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsStrangerAsync("/");
        await page.SignInAsync("wrong");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the operator's token");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Signing_in_leads_to_the_page_that_was_wanted_and_signing_out_ends_it()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsStrangerAsync("/jobs");
        await page.SignInAsync("wrong");
        await page.SignInAsync(served.Host.Token);
        await page.SeesHeadingAsync("Jobs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Operator's token")).ToBeVisibleAsync();
        await page.GotoAsync("/jobs");
        await Assertions.Expect(page.GetByLabel("Operator's token")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Signing_out_in_one_tab_ends_the_others_and_every_copy_of_the_cookie()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsStrangerAsync("/jobs");
        await page.SignInAsync(served.Host.Token);
        await page.SeesHeadingAsync("Jobs");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/tables");
        await other.SeesHeadingAsync("Cost tables");
        var cookies = string.Join("; ", (await page.Context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(cookies));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(other.GetByLabel("Operator's token")).ToBeVisibleAsync();
        Assert.EndsWith("/sign-in?ReturnUrl=%2Ftables", other.Url, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(cookies));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_form_that_another_site_made_signs_nobody_in()
    {
        ServedPage.RequireBrowser();
        using var http = served.Client(asOperator: false);
        using var form = new FormUrlEncodedContent([new("token", served.Host.Token), new("returnUrl", "https://example.org/")]);
        using var answer = await http.PostAsync("/sign-in", form, Cancellation);
        Assert.StartsWith("/sign-in?stale=true", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Headers, header => header.Key == "Set-Cookie" && header.Value.Any(cookie => cookie.StartsWith("autoslim=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_answer_forbids_foreign_scripts_and_frames()
    {
        ServedPage.RequireBrowser();
        using var http = served.Client(asOperator: false);
        using var answer = await http.GetAsync("/sign-in", Cancellation);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
    }

    private async Task<HttpStatusCode> StatusAsync(string cookies)
    {
        using var http = served.Client(asOperator: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/devices");
        request.Headers.Add("Cookie", cookies);
        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
