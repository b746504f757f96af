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

    public HostClient Open(ParseResult parsed) => new(HostAddress.Find(parsed.GetValue(server), parsed.GetValue(state)!), attempts: 1);
}
