using AutoSlim.Agent.State;
using AutoSlim.Profiling;
using MessagePack;

namespace AutoSlim.Agent.Tests.State;

public sealed class JournalTests
{
    private static readonly ProbeReport Report = new(new(new('a', 64), 3), ProbeResult.Failed("as the test says"), null);

    public static TheoryData<string, byte[]> Spoiled => new()
    {
        { "empty", [] },
        { "nothing", [0xc0] },
        { "zeros", new byte[200] },
        { "cut", [.. MessagePackSerializer.Serialize(Report, WireFormat.Options, TestContext.Current.CancellationToken).SkipLast(5)] },
        { "another", MessagePackSerializer.Serialize(Report with { Lease = new(new('b', 64), 3) }, WireFormat.Options, TestContext.Current.CancellationToken) },
    };

    [Fact]
    public void A_report_is_kept_until_it_is_acknowledged_through_restarts()
    {
        using var system = new InventedSystem();
        Open(system).Enter(Report);
        var journal = Open(system);
        Assert.Equal((Report.Lease, "as the test says"), (Assert.Single(journal.Reports).Lease, journal.Reports[0].Latency!.Reason));
        journal.Remove(Report.Lease);
        Assert.Empty(journal.Reports);
        Assert.Empty(Open(system).Reports);
        Assert.Empty(Directory.EnumerateFiles(Folder(system)));
    }

    [Theory]
    [MemberData(nameof(Spoiled))]
    public void A_spoiled_file_is_set_aside_and_the_others_are_brought(string what, byte[] bytes)
    {
        using var system = new InventedSystem();
        Open(system).Enter(Report with { Lease = new(new('c', 64), 1) });
        var file = Path.Combine(Folder(system), $"{Report.Lease.ProbeId}.3.report");
        File.WriteAllBytes(file, bytes);
        File.WriteAllText($"{file}.x.aside", what);
        Assert.Equal(new('c', 64), Assert.Single(Open(system).Reports).Lease.ProbeId);
        Assert.Equal([$"{Report.Lease.ProbeId}.3.report.bad", $"{new string('c', 64)}.1.report"], Directory.EnumerateFiles(Folder(system)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(bytes, File.ReadAllBytes($"{file}.bad"));
        Assert.Single(Open(system).Reports);
    }

    /// <summary>A folder that is gone refuses everybody, root too.</summary>
    [Fact]
    public void A_disk_that_takes_nothing_leaves_reports_in_memory_until_they_are_acknowledged()
    {
        using var system = new InventedSystem();
        var journal = Open(system);
        Directory.Delete(Folder(system));
        journal.Enter(Report);
        Assert.Equal(Report.Lease, Assert.Single(journal.Reports).Lease);
        journal.Remove(Report.Lease);
        Assert.Empty(journal.Reports);
    }

    private static Journal Open(InventedSystem system) => new(new StateFolder(new AgentOptions { Server = new("https://host:5230"), Name = "pi", Token = "", StateFolder = system.Root }));

    private static string Folder(InventedSystem system) => Path.Combine(system.Root, "journal");
}
