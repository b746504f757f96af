using System.Net.Sockets;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Fleet;
using AutoSlim.Host.Fleet.State;
using AutoSlim.Host.Serving.Access;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AutoSlim.Host.Serving;

/// <summary>The headless host from its start to its stop.</summary>
internal static class FleetHost
{
    /// <exception cref="UsageException">The options are wrong.</exception>
    /// <exception cref="CommandFailedException">Another host runs on this state, or the address cannot be had.</exception>
    /// <exception cref="FleetStateException">The state cannot be used.</exception>
    public static async Task RunAsync(ServeOptions options, TextWriter output, CancellationToken cancellation)
    {
        if (options.Problems() is { Count: > 0 } problems) throw new UsageException(problems);
        var files = new StateFiles(options.State);
        await using var only = Only(files);
        using var database = options.Database is string postgres ? FleetDatabase.OpenPostgres(postgres) : FleetDatabase.OpenFile(files.DatabasePath);
        await using var hold = database.Hold();
        if (!await hold.KeepAsync()) throw new CommandFailedException($"another host runs on the state in {database.Name}: stop it, or give this one a database of its own");
        await using var application = ServeApplication.Build(options, files, database, hold);
        application.Services.GetRequiredService<DeviceRoster>();
        application.Services.GetRequiredService<HubMetrics>();
        await PrepareAsync(application.Services, files);
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (Exception error) when (error is SocketException or IOException { InnerException: AddressInUseException or SocketException })
        {
            await application.StopAsync(CancellationToken.None);
            throw new CommandFailedException($"the host cannot listen on {options.Listen}: {error.Message}", error);
        }

        await TellAsync(application, files, output);
        await application.WaitForShutdownAsync(cancellation);
        File.Delete(files.AddressPath);
        if (hold.IsLost) throw new CommandFailedException($"another host took the state in {database.Name} while its server was away: run one host on a database");
    }

    /// <summary>Two hosts on one state would give the same probe out twice.</summary>
    private static FileStream Only(StateFiles files)
    {
        try
        {
            return new(files.LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new CommandFailedException($"another host runs on the state in '{Path.GetDirectoryName(files.LockPath)}': stop it, or give this one its own with --state", error);
        }
    }

    private static async Task PrepareAsync(IServiceProvider services, StateFiles files)
    {
        var (credentials, running) = (services.GetRequiredService<CredentialStore>(), services.GetRequiredService<RunningHost>());
        var kept = File.Exists(files.OperatorTokenPath) ? (await File.ReadAllTextAsync(files.OperatorTokenPath)).Trim() : null;
        if (credentials.Find(kept) is not { Role: Roles.Operator } || AgentToken.Parse(kept)!.CertificateSha256 != services.GetRequiredService<HostIdentity>().CertificateSha256)
            files.KeepOperatorToken(await credentials.RenewOperatorAsync());
        running.Token = credentials.CreateForThisRun();
    }

    private static async Task TellAsync(WebApplication application, StateFiles files, TextWriter output)
    {
        var listening = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var reachable = listening.Select(Reachable).OrderBy(address => address.Scheme == "https").First();
        await File.WriteAllTextAsync(files.AddressPath, reachable.ToString());
        application.Services.GetRequiredService<RunningHost>().Listens(reachable);
        foreach (var address in listening) await output.WriteLineAsync($"listening on {address}");
        await output.WriteLineAsync($"the page asks for the operator's token in {files.OperatorTokenPath}");
    }

    /// <summary>From this machine.</summary>
    private static Uri Reachable(string address) => new(address.Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal).Replace("://[::]", "://[::1]", StringComparison.Ordinal));
}
