using System.CommandLine;
using AutoSlim.Costs;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using Spectre.Console;

namespace AutoSlim.Host.Commands;

/// <summary><c>networks</c>: every known network at width 1.0.</summary>
internal sealed class NetworksVerb
{
    private readonly Option<bool> json = CommonOptions.Json();

    public Command Command => new Command("networks", "Lists the networks with their channel groups, multiply-adds and parameters at width 1.0, 224 x 224, 1000 classes.")
    {
        json,
    }.Runs(RunAsync);

    private Task RunAsync(ParseResult parsed, CancellationToken token)
    {
        var networks = NetworkCatalog.Names.Select(Count).ToList();
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(json)) JsonOutput.Write(output, networks);
        else TerminalOutput.For(output).Write(Table(networks));
        return Task.CompletedTask;
    }

    private static NetworkCounts Count(string name)
    {
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Imagenet, StrideLayout.Imagenet.UsualResolution()));
        var network = definition.Resolve(definition.Uniform(1));
        return new(name, definition.Groups.Count, MultiplyAdds.Count(network), Parameters.Count(network));
    }

    private static Table Table(IEnumerable<NetworkCounts> networks)
    {
        var table = TerminalTable.Create("network", "groups", "multiply-adds", "parameters");
        foreach (var network in networks)
            table.AddRow(new Text(network.Network), Number(network.Groups), Number(network.MultiplyAdds), Number(network.Parameters));
        return table;
    }

    private static Text Number(long count) => new($"{count:N0}");

    private sealed record NetworkCounts(string Network, int Groups, long MultiplyAdds, long Parameters);
}
