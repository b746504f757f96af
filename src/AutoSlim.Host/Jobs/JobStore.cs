using System.Security.Cryptography;
using AutoSlim.Host.Fleet.State;
using Dapper;

namespace AutoSlim.Host.Jobs;

/// <summary>Jobs on disk: whatever happens to the host, it knows what it was asked to do.</summary>
internal sealed class JobStore(FleetDatabase database, FleetWriter writer, TimeProvider time)
{
    private const int IdLength = 12;
    private const string Columns =
        "id as Id, name as Name, specification as Specification, state as State, step as Step, message as Message, submitted_ms as Submitted, started_ms as Started, ended_ms as Ended";

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Job> All => [.. database.Query<JobRow>($"select {Columns} from jobs order by submitted_ms desc, id").Select(row => row.ToJob())];

    /// <summary>Null where there is none.</summary>
    public Job? Find(string id) => database.Query<JobRow>($"select {Columns} from jobs where id = @id", new { id }).SingleOrDefault()?.ToJob();

    public async Task<Job> AddAsync(JobSpecification specification)
    {
        var job = new Job(RandomNumberGenerator.GetHexString(IdLength, lowercase: true), specification, JobState.Queued, 0, null, time.GetUtcNow(), null, null);
        await writer.WriteAsync((connection, transaction) => connection.Execute(
            "insert into jobs (id, name, specification, state, step, submitted_ms) values (@Id, @Name, @json, @state, 0, @now)",
            new { job.Id, specification.Name, json = specification.ToJson(), state = $"{job.State}", now = job.SubmittedAt.ToUnixTimeMilliseconds() }, transaction));
        return job;
    }

    /// <returns>False where the job is over.</returns>
    public Task<bool> StartAsync(string id) => ExecuteAsync("update jobs set state = 'Running', started_ms = coalesce(started_ms, @now) where id = @id and state in ('Queued', 'Running')", new { id, now = Now });

    public Task<bool> AdvanceAsync(string id, int step) => ExecuteAsync("update jobs set step = @step where id = @id", new { id, step = (long)step });

    /// <summary>The first end is the one that counts.</summary>
    public Task<bool> EndAsync(string id, JobState state, string? message) => ExecuteAsync(
        "update jobs set state = @state, message = @message, ended_ms = @now where id = @id and state in ('Queued', 'Running')", new { id, state = $"{state}", message, now = Now });

    /// <summary>A job that failed or was cancelled goes on where it was.</summary>
    public Task<bool> ReopenAsync(string id) => ExecuteAsync("update jobs set state = 'Queued', message = null, ended_ms = null where id = @id and state in ('Failed', 'Cancelled')", new { id });

    private async Task<bool> ExecuteAsync(string sql, object parameters) => await writer.WriteAsync((connection, transaction) => connection.Execute(sql, parameters, transaction)) > 0;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class JobRow
    {
        public string Id { get; init; } = "";

        public string Name { get; init; } = "";

        public string Specification { get; init; } = "";

        public string State { get; init; } = "";

        public long Step { get; init; }

        public string? Message { get; init; }

        public long Submitted { get; init; }

        public long? Started { get; init; }

        public long? Ended { get; init; }

        public Job ToJob() => new(Id, JobSpecification.FromJson(Name, Specification), Enum.Parse<JobState>(State), (int)Step, Message, At(Submitted)!.Value, At(Started), At(Ended));

        private static DateTimeOffset? At(long? milliseconds) => milliseconds is long value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
