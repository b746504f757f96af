using System.Net;
using System.Net.Http.Json;
using AutoSlim.Host.Remote;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;
using Microsoft.AspNetCore.SignalR.Client;

namespace AutoSlim.Host.Tests.Serving;

/// <summary>Who comes in where, and who does not.</summary>
public sealed class AccessTests(RunningFleet fleet) : IClassFixture<RunningFleet>
{
    private const string Api = "GET /api/devices";
    private const string Hub = "POST /profiler/negotiate?negotiateVersion=1";
    private const string Enrolment = "POST /enrolment/somebody";
    private const string OpenApi = "GET /openapi/v1.json";
    private static readonly string Model = $"GET /models/{new string('0', 64)}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Doors => [Api, "POST /api/jobs", "DELETE /api/devices/x", "POST /api/devices/x/probes", "POST /api/operator/renewal", "GET /api/jobs/x/log", Hub, Model, Enrolment, OpenApi];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Without_a_token_that_the_host_made_nothing_opens(string door)
    {
        var unknown = AgentToken.Create(AgentToken.Operator, fleet.CertificateSha256).Reveal();
        Assert.All([null, "", "x", unknown, AgentToken.Create(AgentToken.Key, "").Reveal()], token => Assert.Equal(HttpStatusCode.Unauthorized, Status(token, door)));
        Assert.Equal(HttpStatusCode.Unauthorized, Status(null, $"{door}{(door.Contains('?', StringComparison.Ordinal) ? '&' : '?')}access_token={fleet.OperatorToken}"));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Every_token_opens_its_own_doors_and_no_other()
    {
        var (_, oneTime) = await fleet.EnrolAsync();
        var (_, key) = await fleet.EnrolledAsync();
        Assert.Equal([200, 403, 403, 403, 200], Answers(fleet.OperatorToken));
        Assert.Equal([403, 200, 404, 403, 403], Answers(key));
        Assert.Equal([403, 403, 403, 400, 403], Answers(oneTime));
    }

    [Fact]
    public async Task A_one_time_token_is_good_for_one_key()
    {
        var (name, token) = await fleet.EnrolAsync();
        var (key, other) = (AgentToken.Create(AgentToken.Key, ""), AgentToken.Create(AgentToken.Key, ""));
        Assert.Equal(HttpStatusCode.Forbidden, await fleet.ExchangeAsync(token, "somebody", key));
        Assert.Equal(HttpStatusCode.NoContent, await fleet.ExchangeAsync(token, name, key));
        Assert.Equal(HttpStatusCode.NoContent, await fleet.ExchangeAsync(token, name, key));
        Assert.Equal(HttpStatusCode.Forbidden, await fleet.ExchangeAsync(token, name, other));
    }

    /// <summary>Whoever has a one-time token, a used one too, could fill the host's memory.</summary>
    [Fact]
    public async Task A_body_that_is_too_long_for_a_key_is_refused_before_it_is_read()
    {
        var (name, token) = await fleet.EnrolAsync();
        using var client = fleet.Client(token);
        using var answer = await client.PostAsync($"enrolment/{name}", new StringContent(new string('x', 2000)), Cancellation);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    /// <summary>Such as those of two boards with copies of one memory card: the device would be away for ever.</summary>
    [Fact]
    public async Task Of_two_agents_with_one_key_the_older_has_to_come_anew_when_the_newer_has_left()
    {
        var (name, key) = await fleet.EnrolledAsync();
        var isClosed = false;
        await using var older = await fleet.ConnectAsync(key);
        older.Closed += _ =>
        {
            isClosed = true;
            return Task.CompletedTask;
        };
        Assert.Null(await RunningFleet.GreetAsync(older, name));
        await using (var newer = await fleet.ConnectAsync(key)) Assert.Null(await RunningFleet.GreetAsync(newer, name));
        for (var beats = 0; !isClosed && beats < 200; beats++)
        {
            if (older.State == HubConnectionState.Connected) await older.SendAsync(nameof(IProfilerHub.Beat), new Heartbeat([], DeviceConditions.Unknown), Cancellation);
            await Task.Delay(50, Cancellation);
        }

        Assert.True(isClosed);
    }

    [Fact]
    public async Task A_key_opens_no_other_device_s_place()
    {
        var (name, key) = await fleet.EnrolledAsync();
        await using var connection = await fleet.ConnectAsync(key);
        Assert.Equal($"this key is that of device '{name}', not of 'somebody': enrol 'somebody' on the host", await RunningFleet.GreetAsync(connection, "somebody"));
        Assert.Null(await RunningFleet.GreetAsync(connection, name));
    }

    [Fact]
    public async Task A_revoked_key_ends_its_connections_at_once_greeted_or_not()
    {
        var (name, key) = await fleet.EnrolledAsync();
        await using HubConnection greeted = await fleet.ConnectAsync(key), silent = await fleet.ConnectAsync(key);
        Assert.Null(await RunningFleet.GreetAsync(greeted, name));
        var ended = Task.WhenAll(Ended(greeted), Ended(silent));
        Assert.Equal(HttpStatusCode.NoContent, Status(fleet.OperatorToken, $"DELETE /api/devices/{name}"));
        await ended.WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => fleet.ConnectAsync(key));
        Assert.Equal(HttpStatusCode.Unauthorized, error.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, Status(fleet.OperatorToken, $"GET /api/devices/{name}"));
    }

    [Fact]
    public async Task A_new_key_ends_the_connections_of_the_one_before()
    {
        var (name, key) = await fleet.EnrolledAsync();
        await using var connection = await fleet.ConnectAsync(key);
        var ended = Ended(connection);
        using var client = fleet.Client(fleet.OperatorToken);
        using var answer = await client.PostAsJsonAsync("api/devices", new { name }, Cancellation);
        var token = (await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>(Cancellation))!["token"];
        Assert.Equal(HttpStatusCode.NoContent, await fleet.ExchangeAsync(token, name, AgentToken.Create(AgentToken.Key, "")));
        await ended.WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, Status(key, Hub));
    }

    [Fact]
    public async Task A_real_agent_enrols_over_its_pinned_certificate_comes_back_by_itself_and_ends_when_it_is_thrown_out()
    {
        using var folder = new TemporaryFolder();
        var (name, token) = await fleet.EnrolAsync();
        string[] arguments = ["--server", fleet.Secure.ToString(), "--name", name, "--state", folder.Path];
        using (var first = AgentProgram.Start(token, arguments))
        {
            await ConnectedAsync(name);
            first.Kill();
            await first.WaitForExitAsync(Cancellation);
        }

        await RunningFleet.WhenAsync(() => !IsConnected(name));
        var running = AgentProgram.RunAsync(token, arguments);
        await ConnectedAsync(name);
        Assert.Equal(HttpStatusCode.NoContent, Status(fleet.OperatorToken, $"DELETE /api/devices/{name}"));
        var (exitCode, _, errors) = await running;
        Assert.Equal(1, exitCode);
        Assert.Contains("refused the token (401)", errors[^1], StringComparison.Ordinal);
        Assert.All(errors, line => Assert.DoesNotContain(AgentToken.Parse(token)!.Secret, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agent_with_an_operator_s_token_or_a_used_one_ends_at_once()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["--server", fleet.Plain.ToString(), "--name", "somebody", "--state", folder.Path];
        var (exitCode, _, errors) = await AgentProgram.RunAsync(fleet.OperatorToken, arguments);
        Assert.Equal(1, exitCode);
        Assert.Contains("refused the token (403)", Assert.Single(errors), StringComparison.Ordinal);
        var (exit, _, refusal) = await AgentProgram.RunAsync(AgentToken.Create(AgentToken.Enrolment, fleet.CertificateSha256).Reveal(), arguments);
        Assert.Equal(1, exit);
        Assert.Contains("refused the one-time token (401): it is used, expired or another device's", Assert.Single(refusal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_tells_its_token_to_no_host_with_another_certificate()
    {
        using var folder = new TemporaryFolder();
        var (name, token) = await fleet.EnrolAsync();
        var foreign = (AgentToken.Parse(token)! with { CertificateSha256 = new('a', 64) }).Reveal();
        using var agent = AgentProgram.Start(foreign, "--server", fleet.Secure.ToString(), "--name", name, "--state", folder.Path);
        try
        {
            Assert.Contains("certificate", await agent.StandardError.ReadLineAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancellation), StringComparison.Ordinal);
        }
        finally
        {
            agent.Kill();
        }

        Assert.Equal(HttpStatusCode.NoContent, await fleet.ExchangeAsync(token, name, AgentToken.Create(AgentToken.Key, "")));
    }

    [Fact]
    public async Task A_verb_talks_to_the_host_of_its_token_and_to_no_other()
    {
        var token = AgentToken.Parse(fleet.OperatorToken)!;
        using (var client = new HostClient(new(fleet.Secure, token), attempts: 1)) Assert.NotNull(await client.GetAsync<List<object>>("api/jobs", Cancellation));
        using var misled = new HostClient(new(fleet.Secure, token with { CertificateSha256 = new('a', 64) }), attempts: 1);
        var error = await Assert.ThrowsAsync<HostAwayException>(() => misled.GetAsync<List<object>>("api/jobs", Cancellation));
        Assert.Contains("certificate", error.Message, StringComparison.Ordinal);
    }

    private static Task Ended(HubConnection connection)
    {
        var ended = new TaskCompletionSource();
        connection.Closed += _ =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        return ended.Task;
    }

    private Task ConnectedAsync(string name) => RunningFleet.WhenAsync(() => IsConnected(name));

    private bool IsConnected(string name)
    {
        using var client = fleet.Client(fleet.OperatorToken);
        return client.GetStringAsync($"api/devices/{name}", Cancellation).GetAwaiter().GetResult().Contains("\"isConnected\":true", StringComparison.Ordinal);
    }

    private int[] Answers(string token) => [.. new[] { Api, Hub, Model, Enrolment, OpenApi }.Select(door => (int)Status(token, door))];

    private HttpStatusCode Status(string? token, string door)
    {
        using var client = fleet.Client(token);
        var (method, path) = (door.Split(' ')[0], door.Split(' ')[1]);
        using var request = new HttpRequestMessage(new(method), path) { Content = method == "POST" ? new StringContent("") : null };
        using var answer = client.Send(request, Cancellation);
        return answer.StatusCode;
    }
}
