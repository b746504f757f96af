using System.Net;
using System.Net.Sockets;
using AutoSlim.Tests.Common;

namespace AutoSlim.EndToEnd.Tests.Demo;

public sealed class DemoRefusalTests
{
    [Fact]
    public async Task Wrong_options_are_told_together()
    {
        var run = await CommandLine.RunAsync("demo", "--threads", "0", "--final-epochs", "0", "--target", "x: speed<=1ms", "--target", "../y: macs<=3M", "--port", "70000");
        Assert.Equal(2, run.ExitCode);
        Assert.True(run.Problems.Count >= 5, string.Join('\n', run.Problems));
    }

    [Fact]
    public async Task A_target_that_cannot_be_had_here_is_refused_before_anything_is_measured()
    {
        using var folder = new TemporaryFolder();
        var phone = await CommandLine.RunAsync(SmallDemo.Arguments(folder.Path, Path.Combine(folder.Path, "profiles"), "--target", "x: latency@phone<=1ms"));
        Assert.Equal(2, phone.ExitCode);
        Assert.Contains("latency@phone", Assert.Single(phone.Problems), StringComparison.Ordinal);
        var taken = await CommandLine.RunAsync(SmallDemo.Arguments(folder.Path, Path.Combine(folder.Path, "profiles"), "--target", "uniform-0.50: macs<=1M", "--target", "state.json: macs<=1M"));
        Assert.Equal(2, taken.ExitCode);
        Assert.Equal(2, taken.Problems.Count);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "run")));
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var folder = new TemporaryFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var run = await CommandLine.RunAsync(SmallDemo.Arguments(folder.Path, Path.Combine(folder.Path, "profiles"), "--port", $"{port}"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"port {port} is in use", Assert.Single(run.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_data_file_is_named()
    {
        using var folder = new TemporaryFolder();
        var data = Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(data, "train-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, 9], TestContext.Current.CancellationToken);
        var run = await CommandLine.RunAsync(SmallDemo.Arguments(folder.Path, Path.Combine(folder.Path, "profiles"), "--data", data));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(run.Problems, problem => problem.Contains("train-images-idx3-ubyte", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_data_folder_is_named()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandLine.RunAsync(SmallDemo.Arguments(folder.Path, Path.Combine(folder.Path, "profiles"), "--data", Path.Combine(folder.Path, "nowhere")));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nowhere", Assert.Single(run.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_ends_with_one_line_and_1()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var blocked = await CommandLine.RunAsync("demo", "--out", Path.Combine(file, "run"));
        Assert.Equal(1, blocked.ExitCode);
        Assert.Single(blocked.Problems);
    }
}
