using System.CommandLine;
using AutoSlim.Host.Serving.Api;

namespace AutoSlim.Host.Commands.Fleet;

/// <summary><c>operator</c>: the token that opens a running host to a person.</summary>
internal sealed class OperatorVerb
{
    private readonly HostOptions host = new();

    public Command Command
    {
        get
        {
            var renew = new Command("renew", "Replaces the operator's token of a running host and prints the new one: whoever has the old one, and every browser that it signed in, is out at once.");
            host.AddTo(renew);
            return new("operator", "The token that opens a running host to people.") { renew.Runs(RenewAsync) };
        }
    }

    private async Task RenewAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = host.Open(parsed);
        using var nothing = new ByteArrayContent([]);
        var answer = await client.PostAsync<OperatorToken>("api/operator/renewal", nothing, cancellation);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(answer.Token);
    }
}
