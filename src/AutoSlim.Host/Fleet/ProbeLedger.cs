using AutoSlim.Host.Fleet.State;
using AutoSlim.Profiling;
using Dapper;

namespace AutoSlim.Host.Fleet;

/// <summary>
/// Every question that was asked of a device, and its one answer. A question has a fence, which grows when it is given out again: only an
/// answer under the present fence is taken, and only the first.
/// </summary>
internal sealed class ProbeLedger(FleetWriter writer, FleetDatabase database, TimeProvider time)
{
    /// <summary>Enters a question, unless it is there.</summary>
    /// <returns>The fence so far, 0 for a question that nobody got, and the answer where it has one.</returns>
    /// <exception cref="ArgumentException">The id is that of another question.</exception>
    public Task<(long Fence, byte[]? Result)> OpenAsync(ProbeQuestion question, string device) => writer.WriteAsync((connection, transaction) =>
    {
        connection.Execute(
            """
            insert into probes (id, campaign, device, entry, kind, request, fence, asked_ms)
            values (@Id, @Campaign, @device, @Entry, @kind, @Request, 0, @now) on conflict (id) do nothing
            """,
            new { question.Id, question.Campaign, device, question.Entry, kind = (long)question.Kind, question.Request, now = Now }, transaction);
        var row = connection.QuerySingle<ProbeRow>("select device as Device, kind as Kind, request as Request, fence as Fence, result as Result from probes where id = @Id", new { question.Id }, transaction);
        if (row.Device != device || row.Kind != (long)question.Kind || !row.Request.AsSpan().SequenceEqual(question.Request)) throw new ArgumentException($"probe {question.Id} was another question before");
        return (row.Fence, row.Result);
    });

    /// <summary>Gives a question out; whoever had it before can no longer answer.</summary>
    /// <returns>Null where it has been answered meanwhile.</returns>
    public Task<ProbeLease?> LeaseAsync(string id, string agent) => writer.WriteAsync((connection, transaction) => connection.QuerySingleOrDefault<long?>(
        "update probes set fence = fence + 1, agent = @agent where id = @id and result is null returning fence", new { id, agent }, transaction) is long fence ? new ProbeLease(id, fence) : null);

    /// <summary>Takes an answer, once.</summary>
    /// <param name="agent">Who brings it.</param>
    /// <param name="report">Whose form was checked.</param>
    /// <returns>What became of it, and the answer to pass on where it was taken now.</returns>
    public Task<(ProbeReceipt Receipt, byte[]? Result)> AcceptAsync(string agent, ProbeReport report) => writer.WriteAsync((connection, transaction) =>
    {
        var id = report.Lease.ProbeId;
        var row = connection.QuerySingleOrDefault<ProbeRow>(
            "select device as Device, campaign as Campaign, kind as Kind, request as Request, fence as Fence, agent as Agent, result as Result from probes where id = @id", new { id }, transaction);
        if (row is null || row.Agent != agent || row.Fence != report.Lease.Fence) return (ProbeReceipt.Stale, null);
        if (row.Result is not null) return (ProbeReceipt.Known, (byte[]?)null);
        var (result, isRefused) = new ProbeQuestion(id, row.Campaign, (ProbeKind)row.Kind, row.Request).Answer(agent, report);
        connection.Execute("update probes set result = @result, answered_ms = @now where id = @id", new { id, result, now = Now }, transaction);
        return (isRefused ? ProbeReceipt.Refused : ProbeReceipt.Stored, (byte[]?)result);
    });

    /// <summary>Forgets what some work asked, once nobody can ask for it again.</summary>
    public Task<int> ForgetAsync(string campaign) => writer.WriteAsync((connection, transaction) =>
        connection.Execute("delete from probes where campaign = @campaign", new { campaign }, transaction));

    /// <summary>Forgets all that some work asked, in whichever of its sittings.</summary>
    /// <param name="prefix">Of the work's campaigns.</param>
    public Task<int> ForgetStartingWithAsync(string prefix) => writer.WriteAsync((connection, transaction) =>
        connection.Execute("delete from probes where substr(campaign, 1, @length) = @prefix", new { prefix, length = prefix.Length }, transaction));

    /// <summary>The work whose every question was asked before some time.</summary>
    public IReadOnlyList<string> CampaignsBefore(DateTimeOffset time) => database.Query<string>(
        "select campaign from probes group by campaign having max(asked_ms) < @before and coalesce(max(answered_ms), 0) < @before", new { before = time.ToUnixTimeMilliseconds() });

    /// <summary>What an agent answered last, newest first.</summary>
    public IReadOnlyList<AnsweredProbe> History(string agent, int count) => database.Query<AnsweredProbe>(
        "select entry as Entry, kind as Kind, result as Result, answered_ms as AnsweredMilliseconds from probes where agent = @agent and result is not null order by answered_ms desc limit @count",
        new { agent, count });

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class ProbeRow
    {
        public string Device { get; init; } = "";

        public string Campaign { get; init; } = "";

        public long Kind { get; init; }

        public byte[] Request { get; init; } = [];

        public long Fence { get; init; }

        public string? Agent { get; init; }

        public byte[]? Result { get; init; }
    }
}
