using System.CommandLine;

namespace AutoSlim.Agent.Working;

/// <summary>How the agent starts its worker; not for people.</summary>
internal static class WorkerCommand
{
    public const string Verb = "worker";

    private static readonly Option<int> Threads = new("--threads") { Required = true };
    private static readonly Option<string> Folder = new("--folder") { Required = true };

    /// <param name="arguments">Behind the verb.</param>
    public static Task<int> RunAsync(string[] arguments)
    {
        var command = new RootCommand { Threads, Folder };
        command.SetAction((parsed, _) => WorkerLoop.RunAsync(parsed.GetRequiredValue(Threads), parsed.GetRequiredValue(Folder)));
        return command.Parse(arguments).InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }
}
