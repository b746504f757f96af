using System.Net;
using System.Net.Sockets;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Serving;

/// <summary>The verb <c>serve</c> as a service runs it.</summary>
public sealed class ServeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_keeps_its_secrets_to_itself_and_ends_well_when_it_is_told_to()
    {
        using var folder = new TemporaryFolder();
        var state = Path.Combine(folder.Path, "state");
        await using var host = await ServeProgram.StartAsync(state, "--listen", "http://127.0.0.1:0;https://127.0.0.1:0");
        var (second, printed) = await ServeProgram.RunAsync(state, "--listen", "http://127.0.0.1:0");
        Assert.Equal((1, $"autoslim: another host runs on the state in '{state}': stop it, or give this one its own with --state"), (second, printed));
        var (third, inUse) = await ServeProgram.RunAsync(Path.Combine(folder.Path, "other"), "--listen", $"http://127.0.0.1:{host.Address.Port}");
        Assert.Equal(1, third);
        Assert.StartsWith($"autoslim: the host cannot listen on http://127.0.0.1:{host.Address.Port}: ", inUse, StringComparison.Ordinal);
        await UseAsync(host);
        var secret = AgentToken.Parse(host.OperatorToken)!.Secret;
        if (!OperatingSystem.IsWindows()) Assert.All([state, Path.Combine(folder.Path, "other")], OwnerOnly);
        Assert.Equal(0, await host.StopAsync());
        Assert.False(File.Exists(Path.Combine(state, "address")));
        Assert.DoesNotContain(secret, host.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", host.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_host_comes_back_as_it_was_and_so_does_its_agent()
    {
        using var folder = new TemporaryFolder();
        var state = Path.Combine(folder.Path, "state");
        var listen = $"https://127.0.0.1:{FreePort()}";
        string token, oneTime;
        await using (var host = await ServeProgram.StartAsync(state, "--listen", listen))
        {
            token = host.OperatorToken;
            var enrolled = await CommandLine.RunAsync("enroll", "box", "--state", state);
            Assert.Equal(0, enrolled.ExitCode);
            oneTime = enrolled.Output.Trim();
            using var agent = AgentProgram.Start(oneTime, "--server", listen, "--name", "box", "--state", Path.Combine(folder.Path, "agent"));
            try
            {
                await HereAsync(state);
                await host.KillAsync();
                await using var again = await ServeProgram.StartAsync(state, "--listen", listen);
                Assert.Equal(token, again.OperatorToken);
                await HereAsync(state);
                Assert.DoesNotContain(AgentToken.Parse(oneTime)!.Secret, again.Printed, StringComparison.Ordinal);
                Assert.Equal(0, (await CommandLine.RunAsync("devices", "revoke", "box", "--state", state)).ExitCode);
                await agent.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
                Assert.Equal(1, agent.ExitCode);
                Assert.StartsWith("no device is enrolled", (await CommandLine.RunAsync("devices", "--state", state)).Output, StringComparison.Ordinal);
            }
            finally
            {
                agent.Kill();
            }
        }
    }

    [Fact]
    public async Task Everything_that_is_wrong_in_file_environment_and_flags_is_named_at_once()
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("serve.json", """{ "listn": "x", "listen": "http://10.0.0.7:1;nowhere", "work": ["a"], "probeAttempts": 0, "database": "Host=;Pasword=very-secret" }""");
        Environment.SetEnvironmentVariable("AUTOSLIM_SERVE_PROFILING_JOBS", "many");
        try
        {
            var run = await CommandLine.RunAsync("serve", "--config", config, "--otlp", "ftp://x", "--break-seconds", "soon", "--state", Path.Combine(folder.Path, "state"));
            Assert.Equal(2, run.ExitCode);
            Assert.Equal(
                [
                    "autoslim: the configuration's 'listn' is unknown; choose among listen, state, work, profiles, database, otlp, probe-attempts, break-seconds, profiling-jobs; did you mean 'listen'?",
                    "autoslim: --work is a list or an object in the file, expected one text",
                    "autoslim: --break-seconds is 'soon', expected a number",
                    "autoslim: --profiling-jobs is 'many', expected a whole number",
                    "autoslim: --listen 'http://10.0.0.7:1' would carry tokens in plain text over the network: use https (the host makes its own certificate), or loopback",
                    "autoslim: --listen 'nowhere' is no address such as http://127.0.0.1:5230 or https://0.0.0.0:5230",
                    "autoslim: --database is no PostgreSQL connection string such as Host=/run/postgresql;Database=autoslim",
                    "autoslim: --probe-attempts is 0, expected 1 to 100",
                    "autoslim: --otlp 'ftp://x' is no http or https address",
                ],
                run.Problems);
            Assert.False(Directory.Exists(Path.Combine(folder.Path, "state")));
        }
        finally
        {
            Environment.SetEnvironmentVariable("AUTOSLIM_SERVE_PROFILING_JOBS", null);
        }
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_file_that_is_no_configuration_is_named(string text)
    {
        using var folder = new TemporaryFolder();
        var run = await CommandLine.RunAsync("serve", "--config", folder.Write("serve.json", text));
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"autoslim: --config '{Path.Combine(folder.Path, "serve.json")}' cannot be read: ", Assert.Single(run.Problems), StringComparison.Ordinal);
        Assert.EndsWith("does not exist", Assert.Single((await CommandLine.RunAsync("serve", "--config", "none.json")).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interface_that_this_machine_lacks_and_a_broken_certificate_are_failures_of_one_line()
    {
        using var folder = new TemporaryFolder();
        var lacking = await CommandLine.RunAsync("serve", "--listen", "https://203.0.113.9:5230", "--state", Path.Combine(folder.Path, "state"));
        Assert.Equal(1, lacking.ExitCode);
        Assert.StartsWith("autoslim: the host cannot listen on https://203.0.113.9:5230: ", Assert.Single(lacking.Problems), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "state", "certificate.pfx"), "x", Cancellation);
        var broken = await CommandLine.RunAsync("serve", "--listen", "https://127.0.0.1:0", "--state", Path.Combine(folder.Path, "state"));
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("holds no certificate: restore it, or delete it and enrol every device anew", Assert.Single(broken.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_folder_that_is_open_to_others_is_refused_unless_it_is_empty()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "permissions are Unix's");
        using var folder = new TemporaryFolder();
        var state = Directory.CreateDirectory(Path.Combine(folder.Path, "state")).FullName;
        await using (var host = await ServeProgram.StartAsync(state)) await host.StopAsync();
        if (!OperatingSystem.IsWindows())
        {
            OwnerOnly(state);
            File.SetUnixFileMode(state, File.GetUnixFileMode(state) | UnixFileMode.OtherRead);
        }

        var run = await CommandLine.RunAsync("serve", "--listen", "http://127.0.0.1:0", "--state", state);
        Assert.Equal((1, $"autoslim: the state folder '{state}' is open to others on this machine, and secrets lie in it: chmod 700 it, or choose another with --state"), (run.ExitCode, Assert.Single(run.Problems)));
    }

    [Theory]
    [InlineData("http://10.0.0.7:5230", "would carry the token in plain text over the network: use https, or a tunnel to loopback")]
    [InlineData("ftp://x", "is no http or https address")]
    public async Task A_verb_carries_no_token_in_plain_text_over_the_network(string server, string problem)
    {
        Assert.All(
            [await CommandLine.RunAsync("devices", "--server", server), await CommandLine.RunAsync("jobs", "--server", server), await CommandLine.RunAsync("profile", "mobilenet_v1", "--device", "box", "--server", server)],
            run =>
            {
                Assert.Equal(2, run.ExitCode);
                Assert.Equal($"autoslim: --server '{server}' {problem}", Assert.Single(run.Problems));
            });
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_verb_without_a_host_says_how_to_name_one()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandLine.RunAsync("devices", "--state", folder.Path);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"autoslim: no host keeps its state in '{folder.Path}': start one with autoslim serve", Assert.Single(run.Problems), StringComparison.Ordinal);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void OwnerOnly(string folder)
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.All(Directory.EnumerateFiles(folder, "*.token").Concat(Directory.EnumerateFiles(folder, "*.pfx")), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    private static async Task UseAsync(ServeProgram host)
    {
        using var client = host.Client();
        using var answer = await client.GetAsync($"api/devices?access_token={host.OperatorToken}", Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var refused = await client.PostAsync("api/jobs", new StringContent("name: [1"), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private static async Task HereAsync(string state)
    {
        for (var attempt = 0; ; attempt++)
        {
            var devices = await CommandLine.RunAsync("devices", "--state", state, "--json");
            if (devices.ExitCode == 0 && devices.Output.Contains("\"isConnected\": true", StringComparison.Ordinal)) return;
            Assert.True(attempt < 100, devices.Error + devices.Output);
            await Task.Delay(100, Cancellation);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
