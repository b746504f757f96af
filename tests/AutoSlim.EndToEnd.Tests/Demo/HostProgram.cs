using System.Diagnostics;

namespace AutoSlim.EndToEnd.Tests.Demo;

/// <summary>The real host as a process of its own.</summary>
internal static class HostProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task RunToEndAsync(string[] arguments)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, await errors);
    }

    /// <summary>Kills it, as kill -9 does, as soon as a file is there.</summary>
    public static async Task KillWhenAsync(string[] arguments, string path)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var clock = Stopwatch.StartNew();
        while (!File.Exists(path))
        {
            Assert.False(process.HasExited, process.HasExited ? await errors : "");
            Assert.True(clock.Elapsed < Patience, $"no {path} in time");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        process.Kill(entireProcessTree: false);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo(
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "AutoSlim.Host.exe" : "AutoSlim.Host"), arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
