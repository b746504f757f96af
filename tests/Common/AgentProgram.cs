using System.Diagnostics;
using AutoSlim.Host.Devices;

namespace AutoSlim.Tests.Common;

/// <summary>Runs the agent program as a user would, and keeps what it says.</summary>
internal static class AgentProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<(int ExitCode, string Output, string[] ErrorLines)> RunAsync(string? token, params string[] arguments)
    {
        using var process = Start(token, arguments);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, (await error).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            process.Kill();
        }
    }

    public static Process Start(string? token, params string[] arguments)
    {
        var start = new ProcessStartInfo(new LocalAgentOptions().Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("AUTOSLIM_TOKEN");
        if (token is not null) start.Environment["AUTOSLIM_TOKEN"] = token;
        return Process.Start(start)!;
    }
}
