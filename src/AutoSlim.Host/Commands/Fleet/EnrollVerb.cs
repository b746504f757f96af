using System.CommandLine;
using AutoSlim.Host.Remote;
using AutoSlim.Host.Serving.Api;

namespace AutoSlim.Host.Commands.Fleet;

/// <summary><c>enroll</c>: a one-time token for a device.</summary>
internal sealed class EnrollVerb
{
    private readonly Argument<string> name = new("NAME") { Description = "The device's name: letters, digits, '-', '_' and '.'." };
    private readonly Option<string?> pool = new("--pool") { HelpName = "NAME", Description = "The cost table that it measures for, with other devices that are equal to it. Default: its own." };
    private readonly Option<double> valid = new("--valid-hours") { HelpName = "HOURS", Description = "How long the token may be used.", DefaultValueFactory = _ => 24 };
    private readonly HostOptions host = new();

    public Command Command
    {
        get
        {
            var verb = new Command("enroll", "Lets a device into a running host's fleet: prints the one-time token that its agent is started with.") { name, pool, valid };
            host.AddTo(verb);
            return verb.Runs(RunAsync);
        }
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var order = new EnrolmentOrder(parsed.GetValue(name)!, parsed.GetValue(pool), parsed.GetValue(valid));
        if (order.Problems() is { Count: > 0 } problems) throw new UsageException(problems);
        using var client = host.Open(parsed);
        var answer = await client.PostAsync<EnrolmentToken>("api/devices", JsonContent.Create(order, options: HostClient.Json), cancellation);
        await parsed.InvocationConfiguration.Error.WriteLineAsync($"on the device, once: put this into a file and start autoslim-agent --server {client.Server} --name {order.Name} --token-file FILE{(client.Server.IsLoopback ? "; that is this machine's own address: elsewhere give https:// and a name of this machine, with the port on which serve listens there" : "")}");
        await parsed.InvocationConfiguration.Output.WriteLineAsync(answer.Token);
    }
}
