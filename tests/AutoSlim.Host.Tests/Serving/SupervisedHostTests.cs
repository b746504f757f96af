using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Serving;

/// <summary>What others learn of a host that runs for months: systemd over its socket, a collector over OTLP.</summary>
public sealed class SupervisedHostTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Systemd_hears_that_it_is_ready_that_it_lives_and_that_it_stops()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no systemd here");
        var path = Path.Combine(folder.Path, "notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        using var host = Start("", ("NOTIFY_SOCKET", path), ("WATCHDOG_USEC", "1000000"));
        try
        {
            await HearAsync(socket, "READY=1");
            await HearAsync(socket, "WATCHDOG=1");
            await HearAsync(socket, "WATCHDOG=1");
            using var kill = Process.Start("kill", ["-TERM", (await host.StandardOutput.ReadLineAsync(Cancellation))!]);
            await HearAsync(socket, "STOPPING=1");
            await host.WaitForExitAsync(Cancellation).WaitAsync(Patience, Cancellation);
            Assert.Equal(0, host.ExitCode);
        }
        finally
        {
            host.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task A_collector_gets_metrics_of_the_fleet()
    {
        await using var collector = await Collector.StartAsync();
        using var host = Start($"--otlp {collector.Address}", Collector.Quickly);
        try
        {
            var clock = Stopwatch.StartNew();
            while (!collector.HasMetric("autoslim.agents.connected"))
            {
                Assert.True(clock.Elapsed < Patience && !host.HasExited, "no metrics came");
                await Task.Delay(50, Cancellation);
            }
        }
        finally
        {
            host.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Under a shell by the name of systemd, for that is what .NET looks for in a parent; its first line is the host's process number.</summary>
    private Process Start(string options, params (string Name, string Value)[] environment)
    {
        var shell = Path.Combine(folder.Path, "systemd");
        File.Copy("/bin/sh", shell);
        var program = Path.Combine(AppContext.BaseDirectory, "AutoSlim.Host");
        var command = $"'{program}' serve --listen http://127.0.0.1:0 --state '{Path.Combine(folder.Path, "state")}' --work '{folder.Path}' {options} & echo $!; wait $!";
        var start = new ProcessStartInfo(shell, ["-c", command]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task HearAsync(Socket socket, string expected)
    {
        var buffer = new byte[4096];
        var heard = "";
        while (!heard.Contains(expected, StringComparison.Ordinal))
            heard = Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Cancellation).AsTask().WaitAsync(Patience, Cancellation));
    }
}
