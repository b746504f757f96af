using System.CommandLine;
using System.Text.Json;

namespace AutoSlim.FleetSimulator;

/// <summary>
/// The command line: real agents, all in this process, whose worker only says that it measured. Every line on stdin is answered by a line of JSON on
/// stdout with the <see cref="DeliveryFigures"/> since the line before; the end of stdin ends the agents.
/// </summary>
internal static class SimulatorCommand
{
    private static readonly Option<string> Server = new("--server") { Description = "Address of the host.", Required = true };
    private static readonly Option<FileInfo> Devices = new("--devices") { Description = "A file with a line for each agent: its name, a space, its one-time token.", Required = true };
    private static readonly Option<string> State = new("--state") { Description = "Where each agent keeps its state, in a folder of its name.", Required = true };
    private static readonly Option<double> Shortest = new("--shortest") { Description = "Milliseconds that the quickest probe takes.", DefaultValueFactory = _ => 500 };
    private static readonly Option<double> Longest = new("--longest") { Description = "Milliseconds that the slowest probe takes.", DefaultValueFactory = _ => 2000 };

    private static readonly Option<string?> Receipts = new("--receipts") { Description = "A file that gets a line for every receipt at once: probe, fence, receipt." };

    public static Task<int> RunAsync(string[] arguments)
    {
        var command = new RootCommand("Tries out an AutoSlim host with agents that measure nothing.") { Server, Devices, State, Shortest, Longest, Receipts };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation));
        return command.Parse(arguments).InvokeAsync();
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var deliveries = new DeliveryLog(TimeProvider.System, parsed.GetValue(Receipts));
        var worker = new SimulatedWorker(parsed.GetValue(Shortest), parsed.GetValue(Longest), deliveries);
        var agents = new List<SimulatedAgent>();
        foreach (var line in await File.ReadAllLinesAsync(parsed.GetRequiredValue(Devices).FullName, cancellation))
        {
            var (name, token) = line.Split(' ') is [var first, var second] ? (first, second) : throw new FormatException($"--devices has the line '{line}', expected a name and a token");
            agents.Add(new(new() { Server = new(parsed.GetRequiredValue(Server)), Name = name, Token = token, StateFolder = Path.Combine(parsed.GetRequiredValue(State), name) }, worker, deliveries));
        }

        foreach (var agent in agents) await agent.StartAsync(cancellation);
        while (await Console.In.ReadLineAsync(cancellation) is not null) Console.WriteLine(JsonSerializer.Serialize(deliveries.Take(), JsonSerializerOptions.Web));
        return 0;
    }
}
