using AutoSlim.Profiling;
using MessagePack;

namespace AutoSlim.Agent.State;

/// <summary>Results that the host has not acknowledged, each a file until it has. A disk that takes no more loses nothing while the agent lives.</summary>
internal sealed class Journal
{
    private const string Extension = ".report";

    private readonly Lock gate = new();
    private readonly string folder;
    private readonly Dictionary<ProbeLease, ProbeReport> reports = [];

    public Journal(StateFolder state)
    {
        folder = state.JournalPath;
        foreach (var aside in Directory.EnumerateFiles(folder, "*.aside")) File.Delete(aside);
        foreach (var file in Directory.EnumerateFiles(folder, $"*{Extension}").Order(StringComparer.Ordinal)) Read(file);
    }

    /// <summary>In no order.</summary>
    public IReadOnlyList<ProbeReport> Reports
    {
        get
        {
            lock (gate) return [.. reports.Values];
        }
    }

    public void Enter(ProbeReport report)
    {
        lock (gate) reports[report.Lease] = report;
        try
        {
            StateFolder.Write(FileOf(report.Lease), stream => MessagePackSerializer.Serialize(stream, report, WireFormat.Options));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"autoslim-agent: a result is kept in memory only, for it cannot be written: {OneLine.Of(error)}");
        }
    }

    public void Remove(ProbeLease lease)
    {
        lock (gate) reports.Remove(lease);
        try
        {
            File.Delete(FileOf(lease));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is brought once more after a restart, and the host knows it.
            Console.Error.WriteLine($"autoslim-agent: a result that was delivered stays in the journal: {OneLine.Of(error)}");
        }
    }

    /// <summary>Of a file that a failing disk spoiled nothing can be told but that it is no report.</summary>
    private void Read(string file)
    {
        try
        {
            var report = MessagePackSerializer.Deserialize<ProbeReport?>(File.ReadAllBytes(file), WireFormat.Options);
            if (report is null || report.Problem() is not null || FileOf(report.Lease) != file) throw new MessagePackSerializationException("it is another report");
            reports[report.Lease] = report;
        }
        catch (MessagePackSerializationException)
        {
            Console.Error.WriteLine($"autoslim-agent: '{file}' holds no result and is set aside as {Path.GetFileName(file)}.bad");
            File.Move(file, $"{file}.bad", overwrite: true);
        }
    }

    private string FileOf(ProbeLease lease) => Path.Combine(folder, FormattableString.Invariant($"{lease.ProbeId}.{lease.Fence}{Extension}"));
}
