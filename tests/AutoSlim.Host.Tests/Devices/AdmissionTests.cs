using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using AutoSlim.Host.Devices;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Devices;

public sealed class AdmissionTests(RunningAgent running) : IClassFixture<RunningAgent>
{
    private static readonly string Hash = new('0', 64);

    [Theory]
    [InlineData("/profiler")]
    [InlineData("/profiler/negotiate")]
    [InlineData("/models/0")]
    [InlineData("/")]
    public async Task Nothing_is_answered_without_the_token(string path)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(path, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(path, new("Bearer", "wrong")));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(path, new("Basic", running.Server.Token)));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync($"{path}?access_token={running.Server.Token}", null));
    }

    [Fact]
    public async Task A_model_that_nobody_asked_about_is_not_found() =>
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync($"/models/{Hash}", new("Bearer", running.Server.Token)));

    [Fact]
    public async Task An_agent_with_a_wrong_token_ends_at_once_with_one_line()
    {
        var (exitCode, output, errors) = await AgentProgram.RunAsync("not-the-token", "--server", running.Server.Address.ToString(), "--name", "stranger");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("refused the token (401)", Assert.Single(errors), StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-token", errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_under_the_name_of_another_device_is_refused_with_one_line()
    {
        var (exitCode, _, errors) = await AgentProgram.RunAsync(running.Server.Token, "--server", running.Server.Address.ToString(), "--name", running.Device.Name, "--threads", "2");
        Assert.Equal(1, exitCode);
        Assert.Contains("give this one its own name", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_used_wrongly_says_everything_that_is_wrong()
    {
        var (exitCode, _, errors) = await AgentProgram.RunAsync(null, "--server", "ftp://host", "--name", "a b", "--threads", "0");
        Assert.Equal(2, exitCode);
        Assert.Equal(3, errors.Length);
    }

    [Fact]
    public async Task The_agents_help_offers_no_place_for_a_secret()
    {
        var (exitCode, output, errors) = await AgentProgram.RunAsync(null, "--help");
        Assert.Equal(0, exitCode);
        Assert.Empty(errors);
        Assert.All(["--server", "--name", "--threads", "--token-file", "AUTOSLIM_TOKEN"], word => Assert.Contains(word, output, StringComparison.Ordinal));
        Assert.DoesNotContain("--token ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("--parent-process", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_ends_with_the_process_that_started_it()
    {
        using var parent = Process.Start("sleep", "2");
        var (exitCode, _, errors) = await AgentProgram.RunAsync(running.Server.Token, "--server", running.Server.Address.ToString(), "--name", "orphan", "--parent-process", $"{parent.Id}");
        Assert.True(parent.HasExited);
        Assert.Equal(0, exitCode);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        var port = running.Server.Address.Port;
        var error = await Assert.ThrowsAsync<DeviceException>(() => DeviceServer.StartAsync(new() { Port = port }, TestContext.Current.CancellationToken));
        Assert.StartsWith($"port {port} is in use on this machine", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_server_options_are_named_together()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => DeviceServer.StartAsync(new() { Port = 70000, Token = "short" }, TestContext.Current.CancellationToken));
        Assert.Contains("port 70000", error.Message, StringComparison.Ordinal);
        Assert.Contains("the token", error.Message, StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> GetAsync(string path, AuthenticationHeaderValue? authorization)
    {
        using var http = new HttpClient { BaseAddress = running.Server.Address, DefaultRequestHeaders = { Authorization = authorization } };
        using var response = await http.GetAsync(path, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
