using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AutoSlim.Tests.Common;

/// <summary>The real host as a process of its own.</summary>
internal static class HostProgram
{
    private const int InterruptSignal = 2;
    internal const int TerminateSignal = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What it wrote to its output and to its errors.</summary>
    public static Task<(string Output, string Errors)> RunToEndAsync(string[] arguments, string? token = null) => WithAsync(arguments, token, async (process, errors) =>
    {
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, await errors);
        return (output, await errors);
    });

    /// <summary>Kills it, as kill -9 does, as soon as a file is there.</summary>
    public static Task KillWhenAsync(string[] arguments, string path) => WithAsync(arguments, null, async (process, errors) =>
    {
        await WhenAsync(process, path, () => process.Kill(entireProcessTree: false));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return true;
    });

    /// <summary>Presses Ctrl-C as soon as a file is there.</summary>
    public static Task<(int ExitCode, string Errors)> InterruptWhenAsync(string[] arguments, string path) => WithAsync(arguments, null, async (process, errors) =>
    {
        await WhenAsync(process, path, () => Assert.Equal(0, Signal(process.Id, InterruptSignal)));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        return (process.ExitCode, await errors);
    });

    /// <summary>Whatever becomes of the test, the program does not outlive it.</summary>
    private static async Task<T> WithAsync<T>(string[] arguments, string? token, Func<Process, Task<string>, Task<T>> work)
    {
        using var process = Start(arguments, token);
        try
        {
            return await work(process, process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        }
        finally
        {
            process.Kill();
        }
    }

    /// <summary>On a thread of its own: other tests keep the pool's busy for seconds, and the moment would pass.</summary>
    private static Task WhenAsync(Process process, string path, Action act) => Task.Factory.StartNew(
        () =>
        {
            var clock = Stopwatch.StartNew();
            while (!File.Exists(path))
            {
                Assert.False(process.HasExited, $"ended before there was {path}");
                Assert.True(clock.Elapsed < Patience, $"no {path} in time");
                Thread.Sleep(5);
            }

            act();
        },
        TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Without a shell, whose start takes seconds on a busy machine.</summary>
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int Signal(int process, int signal);

    /// <summary>Ctrl-C as a terminal has it: a shell starts what runs in its background with that signal ignored, tests and their programs too.</summary>
    private static Process Start(string[] arguments, string? token = null)
    {
        var start = new ProcessStartInfo("env", ["--default-signal=INT", Path.Combine(AppContext.BaseDirectory, "AutoSlim.Host"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (token is not null) start.Environment["AUTOSLIM_TOKEN"] = token;
        return Process.Start(start)!;
    }
}
