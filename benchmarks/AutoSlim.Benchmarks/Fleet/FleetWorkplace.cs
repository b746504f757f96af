using System.Net;
using System.Net.Sockets;

namespace AutoSlim.Benchmarks.Fleet;

/// <summary>Folders and ports of a trial; gone with it. What agents keep lies in memory where the system has such a file system: a thousand real devices do not share one disk.</summary>
internal sealed class FleetWorkplace : IDisposable
{
    private const string MemoryFileSystem = "/dev/shm";

    private readonly DirectoryInfo disk = Directory.CreateTempSubdirectory("autoslim-fleet-");
    private readonly DirectoryInfo memory;

    public FleetWorkplace()
    {
        memory = Directory.Exists(MemoryFileSystem) ? Directory.CreateDirectory(Path.Combine(MemoryFileSystem, disk.Name)) : disk;
        Port = FreePort();
        foreach (var folder in new[] { HostState, Work, AgentState, AgentTemporary }) Directory.CreateDirectory(folder);
    }

    /// <summary>Of the host, on loopback, over all its lives.</summary>
    public int Port { get; }

    public string HostState => Path.Combine(disk.FullName, "host");

    public string Work => Path.Combine(disk.FullName, "work");

    public string HostLog => Path.Combine(disk.FullName, "host.log");

    public string AgentState => Path.Combine(memory.FullName, "agents");

    public string AgentTemporary => Path.Combine(memory.FullName, "temporary");

    public string InDisk(string name) => Path.Combine(disk.FullName, name);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        memory.Delete(recursive: true);
        if (disk.Exists && disk.FullName != memory.FullName) disk.Delete(recursive: true);
    }
}
