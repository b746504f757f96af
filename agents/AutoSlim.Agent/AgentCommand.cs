using System.CommandLine;
using AutoSlim.Agent.Models;
using AutoSlim.Profiling;

namespace AutoSlim.Agent;

/// <summary>The command line: exit code 0 when stopped, 1 when failed, 2 when used wrongly.</summary>
internal static class AgentCommand
{
    private const int Failed = 1;
    private const int WrongUse = 2;

    private static readonly Option<string> Server = new("--server") { Description = "Address of the host, for example http://127.0.0.1:5230.", Required = true };
    private static readonly Option<string> Name = new("--name") { Description = "What this device is called.", Required = true };
    private static readonly Option<int> Threads = new("--threads") { Description = "Threads inside one operator.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string> Provider = new("--execution-provider") { Description = "Of ONNX Runtime: CPU, or another that the runtime at hand has.", DefaultValueFactory = _ => RuntimeSettings.DefaultProvider };
    private static readonly Option<string[]> ProviderOptions = new("--provider-option") { Description = "KEY=VALUE for the execution provider; repeatable." };
    private static readonly Option<string> Optimization = new("--optimization") { Description = $"Of the graph: {string.Join(", ", RuntimeSettings.OptimizationLevels)}.", DefaultValueFactory = _ => RuntimeSettings.DefaultOptimization };
    private static readonly Option<bool> NoSpinning = new("--no-spinning") { Description = "Threads that wait for each other give their processor away, as in an application that sets session.intra_op.allow_spinning to 0. ONNX Runtime has them keep it." };
    private static readonly Option<string?> Cores = new("--cores") { Description = "Processors to measure on, such as 0-3,6; all that the system allows otherwise." };
    private static readonly Option<double?> MaximumTemperature = new("--max-temperature") { HelpName = "CELSIUS", Description = "Measures nothing while a sensor of the system shows this or more; the system's own limits hold in any case." };
    private static readonly Option<FileInfo?> TokenFile = new("--token-file") { Description = $"File with the host's token, a one-time token is exchanged for a key of this device's own; otherwise the environment variable {ProfilerProtocol.TokenVariable}." };
    private static readonly Option<string?> State = new("--state") { HelpName = "DIR", Description = "Where the agent keeps its key and results that the host has not acknowledged. Default: a folder of its own among the user's data." };
    private static readonly Option<string?> WorkerProgram = new("--worker-program") { Description = "What starts the process that measures instead of the agent: it gets the arguments of one. For an emulator, or taskset." };
    private static readonly Option<int?> ParentProcess = new("--parent-process") { Hidden = true };

    public static async Task<int> RunAsync(string[] arguments)
    {
        var command = new RootCommand("Measures models on this device for an AutoSlim host.") { Server, Name, Threads, Provider, ProviderOptions, Optimization, NoSpinning, Cores, MaximumTemperature, TokenFile, State, WorkerProgram, ParentProcess };
        command.SetAction((parsed, _) => RunAsync(parsed));
        var parsed = command.Parse(arguments);
        if (parsed.Errors.Count > 0) return Refuse(parsed.Errors.Select(error => error.Message));
        return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        if (!Uri.TryCreate(parsed.GetRequiredValue(Server), UriKind.RelativeOrAbsolute, out var server))
            return Refuse([$"--server '{parsed.GetRequiredValue(Server)}' is not an http or https address"]);
        if (!TryReadToken(parsed.GetValue(TokenFile), out var token, out var problem)) return Refuse([problem]);
        var options = new AgentOptions
        {
            Server = server,
            Name = parsed.GetRequiredValue(Name),
            Token = token,
            Runtime = Runtime(parsed),
            Cores = parsed.GetValue(Cores),
            MaximumCelsius = parsed.GetValue(MaximumTemperature),
            StateFolder = parsed.GetValue(State),
            WorkerProgram = parsed.GetValue(WorkerProgram),
            ParentProcess = parsed.GetValue(ParentProcess),
        };
        return options.Problems().ToList() is { Count: > 0 } problems ? Refuse(problems) : await RunAsync(options);
    }

    private static async Task<int> RunAsync(AgentOptions options)
    {
        try
        {
            return await AgentProcess.RunAsync(options);
        }
        catch (AgentException failure)
        {
            await Console.Error.WriteLineAsync($"autoslim-agent: {failure.Message}");
            return Failed;
        }
    }

    private static RuntimeSettings Runtime(ParseResult parsed) => new(
        parsed.GetValue(Threads), parsed.GetValue(Provider)!, [.. (parsed.GetValue(ProviderOptions) ?? []).Order(StringComparer.Ordinal)], parsed.GetValue(Optimization)!, Spins: parsed.GetValue(Threads) > 1 && !parsed.GetValue(NoSpinning));

    private static bool TryReadToken(FileInfo? file, out string token, out string problem)
    {
        (token, problem) = ("", "");
        try
        {
            token = (file is null ? Environment.GetEnvironmentVariable(ProfilerProtocol.TokenVariable) : File.ReadAllText(file.FullName))?.Trim() ?? "";
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = $"--token-file cannot be read: {error.Message}";
            return false;
        }
    }

    private static int Refuse(IEnumerable<string> problems)
    {
        foreach (var problem in problems) Console.Error.WriteLine($"autoslim-agent: {problem}");
        return WrongUse;
    }
}
