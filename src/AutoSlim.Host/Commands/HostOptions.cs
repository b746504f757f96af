using System.CommandLine;
using AutoSlim.Host.Remote;
using AutoSlim.Host.Serving;

namespace AutoSlim.Host.Commands;

/// <summary>Where the verbs of a fleet find its host.</summary>
internal sealed class HostOptions
{
    private readonly Option<string?> server = new("--server")
    {
        HelpName = "URL",
        Description = $"A host on another machine, with its operator's token in {HostAddress.TokenVariable}. Default: {HostAddress.ServerVariable}, or the host of --state.",
    };

    private readonly Option<string> state = new("--state") { HelpName = "DIR", Description = "State folder of a host on this machine.", DefaultValueFactory = _ => ServeOptions.DefaultStateFolder };

    public void AddTo(Command verb)
    {
        verb.Add(server);
        verb.Add(state);
    }

    /// <summary>What is typed goes before the environment.</summary>
    /// <exception cref="UsageException">Two hosts are named, or none.</exception>
    public HostClient Open(ParseResult parsed)
    {
        var (address, folder) = (parsed.GetValue(server), parsed.GetValue(state)!);
        if (parsed.GetResult(state) is not { Implicit: false }) return new(HostAddress.Find(address, folder), attempts: 1);
        if (address is not null) throw new UsageException($"--server '{address}' and --state '{folder}' name two hosts; leave one out");
        return new(HostAddress.OfState(folder), attempts: 1);
    }
}
