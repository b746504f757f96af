using System.Net;
using System.Text.RegularExpressions;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Serving;

/// <summary>How a person's browser comes in.</summary>
public sealed partial class SignInTests(RunningFleet fleet) : IClassFixture<RunningFleet>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_operator_s_token_is_exchanged_for_a_cookie_that_scripts_and_other_sites_do_not_get()
    {
        var (status, cookie) = await SignInAsync(fleet.Plain, fleet.OperatorToken);
        Assert.Equal(HttpStatusCode.Found, status);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("api/devices", cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync($"models/{new string('0', 64)}", cookie));
    }

    [Fact]
    public async Task No_other_token_gets_one()
    {
        var (_, oneTime) = await fleet.EnrolAsync();
        var (_, key) = await fleet.EnrolledAsync();
        foreach (var token in new[] { "", "x", oneTime, key }) Assert.Null((await SignInAsync(fleet.Plain, token)).Cookie);
    }

    [Fact]
    public async Task A_forged_cookie_or_another_host_s_opens_nothing()
    {
        var cookie = (await SignInAsync(fleet.Plain, fleet.OperatorToken)).Cookie!.Split(';')[0];
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("api/devices", "autoslim=x"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("api/devices", $"{cookie[..^5]}AAAAA"));
        using var folder = new TemporaryFolder();
        await using var other = await ServeProgram.StartAsync(Path.Combine(folder.Path, "state"));
        var foreign = (await SignInAsync(other.Address, other.OperatorToken)).Cookie!;
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("api/devices", foreign));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("api/devices", null));
    }

    [Fact]
    public async Task A_new_operator_s_token_ends_the_one_before_and_the_browsers_that_it_signed_in()
    {
        using var folder = new TemporaryFolder();
        await using var host = await ServeProgram.StartAsync(Path.Combine(folder.Path, "state"));
        var old = host.OperatorToken;
        var cookie = (await SignInAsync(host.Address, old)).Cookie!;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host.Address, "api/devices", cookie));
        var (exitCode, output, _) = await CommandLine.RunAsync("operator", "renew", "--state", host.State);
        Assert.Equal((0, host.OperatorToken), (exitCode, output.Trim()));
        Assert.NotEqual(old, host.OperatorToken);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host.Address, "api/devices", cookie));
        Assert.Null((await SignInAsync(host.Address, old)).Cookie);
        Assert.Equal(0, (await CommandLine.RunAsync("devices", "--state", host.State)).ExitCode);
    }

    /// <summary>The job waits for a device that is away; it does not end with the token.</summary>
    [Fact]
    public async Task A_log_that_is_being_followed_ends_with_its_reader_s_token_and_the_job_goes_on()
    {
        using var folder = new TemporaryFolder();
        await using var host = await ServeProgram.StartAsync(Path.Combine(folder.Path, "state"), "--work", folder.Path);
        Assert.Equal(0, (await CommandLine.RunAsync("enroll", "box", "--state", host.State)).ExitCode);
        using var client = host.Client();
        using var order = new StringContent("name: night\nsteps:\n- profile mobilenet_v2 --device box");
        using var submitted = await client.PostAsync("api/jobs", order, Cancellation);
        using var log = await client.GetAsync($"{submitted.Headers.Location}/log?follow=true", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var reading = log.Content.ReadAsStringAsync(Cancellation);
        Assert.NotSame(reading, await Task.WhenAny(reading, Task.Delay(500, Cancellation)));
        Assert.Equal(0, (await CommandLine.RunAsync("operator", "renew", "--state", host.State)).ExitCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => reading.WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
        using var renewed = host.Client();
        Assert.Contains("\"state\":\"running\"", await renewed.GetStringAsync(submitted.Headers.Location, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_this_host_did_not_show_or_a_body_that_is_none_signs_nobody_in()
    {
        using var client = fleet.Client(null);
        foreach (var body in new HttpContent[] { new FormUrlEncodedContent([KeyValuePair.Create("token", fleet.OperatorToken)]), new StringContent(fleet.OperatorToken) })
        {
            using var answer = await client.PostAsync("sign-in", body, Cancellation);
            Assert.DoesNotContain(Cookies(answer), cookie => cookie.StartsWith("autoslim=", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_form_larger_than_any_that_the_host_shows_is_not_read()
    {
        using var client = fleet.Client(null);
        foreach (var path in new[] { "sign-in", "sign-out" })
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("token", new string('x', 1 << 20))]);
            using var answer = await client.PostAsync(path, form, Cancellation);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
    }

    [Fact]
    public async Task What_changes_something_is_taken_from_the_host_s_own_pages_and_from_no_other_port_of_it()
    {
        var cookie = (await SignInAsync(fleet.Plain, fleet.OperatorToken)).Cookie!.Split(';')[0];
        Assert.Equal(HttpStatusCode.Forbidden, await ResumeAsync(cookie, "Origin", "http://127.0.0.1:8888"));
        Assert.Equal(HttpStatusCode.Forbidden, await ResumeAsync(cookie, "Sec-Fetch-Site", "same-site"));
        Assert.Equal(HttpStatusCode.Forbidden, await ResumeAsync(cookie, "Accept", "text/html"));
        Assert.Equal(HttpStatusCode.NotFound, await ResumeAsync(cookie, "Origin", fleet.Plain.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.NotFound, await ResumeAsync(cookie, "Sec-Fetch-Site", "same-origin"));
    }

    private static async Task<HttpStatusCode> ResumeAsync(Uri host, string cookie, string header, string value)
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = host };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/jobs/0123/resume") { Headers = { { "Cookie", cookie }, { header, value } } };
        using var answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private Task<HttpStatusCode> ResumeAsync(string cookie, string header, string value) => ResumeAsync(fleet.Plain, cookie, header, value);

    /// <summary>By the form that the page shows.</summary>
    private static async Task<(HttpStatusCode Status, string? Cookie)> SignInAsync(Uri host, string token)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host };
        using var page = await client.GetAsync("sign-in", Cancellation);
        var proof = Proof().Match(await page.Content.ReadAsStringAsync(Cancellation)).Groups[1].Value;
        using var form = new HttpRequestMessage(HttpMethod.Post, "sign-in")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("token", token), KeyValuePair.Create("__RequestVerificationToken", proof)]),
        };
        form.Headers.Add("Cookie", string.Join("; ", Cookies(page).Select(cookie => cookie.Split(';')[0])));
        using var answer = await client.SendAsync(form, Cancellation);
        return (answer.StatusCode, Cookies(answer).SingleOrDefault(cookie => cookie.StartsWith("autoslim=", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Cookies(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [];

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Proof();

    private Task<HttpStatusCode> StatusAsync(string path, string? cookie) => StatusAsync(fleet.Plain, path, cookie);

    private static async Task<HttpStatusCode> StatusAsync(Uri host, string path, string? cookie)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null) request.Headers.Add("Cookie", cookie.Split(';')[0]);
        using var answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
