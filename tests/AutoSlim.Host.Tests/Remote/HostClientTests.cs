using AutoSlim.Host.Remote;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AutoSlim.Host.Tests.Remote;

public sealed class HostClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_cannot_write_its_state_is_asked_again()
    {
        var asked = 0;
        await using var host = await StartAsync(() => ++asked < 3 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        using var client = Client(host, attempts: 5);
        Assert.Equal([7], await client.AskAsync("probe", [1], Cancellation));
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_person_who_waits_is_told_at_once()
    {
        await using var host = await StartAsync(() => StatusCodes.Status503ServiceUnavailable);
        using var client = Client(host, attempts: 1);
        var error = await Assert.ThrowsAsync<HostAwayException>(() => client.AskAsync("probe", [1], Cancellation));
        Assert.EndsWith("it cannot read or write its state (503)", error.Message, StringComparison.Ordinal);
    }

    private static HostClient Client(WebApplication host, int attempts) => new(new(new(host.Urls.Single()), AgentToken.Create(AgentToken.Operator, "")), attempts);

    private static async Task<WebApplication> StartAsync(Func<int> status)
    {
        var host = WebApplication.CreateSlimBuilder().Build();
        host.Urls.Add("http://127.0.0.1:0");
        host.MapPost("/probe", async (HttpContext context) =>
        {
            context.Response.StatusCode = status();
            if (context.Response.StatusCode == StatusCodes.Status200OK) await context.Response.Body.WriteAsync(new byte[] { 7 }, Cancellation);
        });
        await host.StartAsync(Cancellation);
        return host;
    }
}
