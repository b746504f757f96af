using AutoSlim.Host.Devices;
using AutoSlim.Host.Fleet;
using AutoSlim.Host.Fleet.State;
using AutoSlim.Host.Jobs;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoSlim.Host.Tests.Fleet;

/// <summary>A host's state for as long as a host would run, without the host.</summary>
internal sealed class OpenedFleet : IAsyncDisposable
{
    public OpenedFleet(EmptyDatabase place)
    {
        Database = place.Open();
        Writer = new(Database);
        Ledger = new(Writer, Database, Time);
        Jobs = new(Database, Writer, Time);
        Registry = new(new(new(), Ledger, new(), LeasePolicy.Patient, Time, NullLoggerFactory.Instance, null!));
    }

    public MovedTime Time { get; } = new();

    public FleetDatabase Database { get; }

    public FleetWriter Writer { get; }

    public ProbeLedger Ledger { get; }

    public JobStore Jobs { get; }

    public DeviceRegistry Registry { get; }

    public DeviceRoster Roster => field ??= new(Database, Writer, Registry, Time);

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        Database.Dispose();
    }
}
