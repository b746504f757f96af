using System.CommandLine;
using System.Globalization;
using AutoSlim.Agent.Limits;
using AutoSlim.Agent.Models;

namespace AutoSlim.Agent.Working;

/// <summary>How the agent starts its worker; not for people.</summary>
internal static class WorkerCommand
{
    public const string Verb = "worker";

    private static readonly Option<int> Threads = new("--threads") { Required = true };
    private static readonly Option<string> Provider = new("--execution-provider") { Required = true };
    private static readonly Option<string[]> ProviderOptions = new("--provider-option");
    private static readonly Option<string> Optimization = new("--optimization") { Required = true };
    private static readonly Option<bool> Spinning = new("--spinning");
    private static readonly Option<string?> Cores = new("--cores");
    private static readonly Option<double?> MaximumTemperature = new("--max-temperature");
    private static readonly Option<string> Folder = new("--folder") { Required = true };

    /// <param name="options">The agent's.</param>
    /// <param name="folder">Where it keeps what it fetched.</param>
    public static IEnumerable<string> Arguments(AgentOptions options, string folder) =>
    [
        Verb, Threads.Name, $"{options.Runtime.Threads}", Provider.Name, options.Runtime.Provider, Optimization.Name, options.Runtime.Optimization, Folder.Name, folder,
        .. options.Runtime.ProviderOptions.SelectMany(option => new[] { ProviderOptions.Name, option }),
        .. options.Runtime.Spins ? [Spinning.Name] : Array.Empty<string>(),
        .. options.Cores is null ? Array.Empty<string>() : [Cores.Name, options.Cores],
        .. options.MaximumCelsius is double celsius ? [MaximumTemperature.Name, celsius.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
    ];

    /// <param name="arguments">Behind the verb.</param>
    public static Task<int> RunAsync(string[] arguments)
    {
        var command = new RootCommand { Threads, Provider, ProviderOptions, Optimization, Spinning, Cores, MaximumTemperature, Folder };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command.Parse(arguments).InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        try
        {
            if (parsed.GetValue(Cores) is string cores) CoreMask.Apply(cores);
            var settings = Settings(parsed);
            settings.RequireProvider();
            return await WorkerLoop.RunAsync(settings, parsed.GetRequiredValue(Folder), parsed.GetValue(MaximumTemperature));
        }
        catch (AgentException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static RuntimeSettings Settings(ParseResult parsed) =>
        new(parsed.GetRequiredValue(Threads), parsed.GetRequiredValue(Provider), parsed.GetValue(ProviderOptions) ?? [], parsed.GetRequiredValue(Optimization), parsed.GetValue(Spinning));
}
