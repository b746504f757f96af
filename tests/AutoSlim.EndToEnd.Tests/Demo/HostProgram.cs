using System.Diagnostics;

namespace AutoSlim.EndToEnd.Tests.Demo;

/// <summary>The real host as a process of its own.</summary>
internal static class HostProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What it wrote to its output and to its errors.</summary>
    public static async Task<(string Output, string Errors)> RunToEndAsync(string[] arguments, string? token = null)
    {
        using var process = Start(arguments, token);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, await errors);
        return (output, await errors);
    }

    /// <summary>Kills it, as kill -9 does, as soon as a file is there.</summary>
    public static async Task KillWhenAsync(string[] arguments, string path)
    {
        using var process = Start(arguments);
        await UntilAsync(process, path, process.StandardError.ReadToEndAsync());
        process.Kill(entireProcessTree: false);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Presses Ctrl-C as soon as a file is there.</summary>
    public static async Task<(int ExitCode, string Errors)> InterruptWhenAsync(string[] arguments, string path)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        await UntilAsync(process, path, errors);
        using (var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"])) await interrupt.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        return (process.ExitCode, await errors);
    }

    private static async Task UntilAsync(Process process, string path, Task<string> errors)
    {
        var clock = Stopwatch.StartNew();
        while (!File.Exists(path))
        {
            Assert.False(process.HasExited, process.HasExited ? await errors : "");
            Assert.True(clock.Elapsed < Patience, $"no {path} in time");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private static Process Start(string[] arguments, string? token = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "AutoSlim.Host.exe" : "AutoSlim.Host");
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (token is not null) start.Environment["AUTOSLIM_TOKEN"] = token;
        return Process.Start(start)!;
    }
}
