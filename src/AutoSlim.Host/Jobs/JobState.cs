namespace AutoSlim.Host.Jobs;

/// <summary>Where a job is; the names are stored.</summary>
internal enum JobState
{
    Queued,

    /// <summary>Also of one whose host died: it goes on when the host is back.</summary>
    Running,
    Done,
    Failed,
    Cancelled,
}
