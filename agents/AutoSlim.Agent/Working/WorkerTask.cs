namespace AutoSlim.Agent.Working;

/// <summary>What a worker is asked to do; the request follows.</summary>
internal static class WorkerTask
{
    public const int Measure = 1;

    public const int Evaluate = 2;

    /// <summary>Of the machine and the runtime: the agent itself loads no runtime.</summary>
    public const int Describe = 3;

    /// <summary>Of a model; asked of a worker that has done nothing else.</summary>
    public const int MeasureMemory = 4;
}
