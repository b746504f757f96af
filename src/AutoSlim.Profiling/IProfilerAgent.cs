namespace AutoSlim.Profiling;

/// <summary>What the host may ask of an agent. One request is served at a time; others wait.</summary>
public interface IProfilerAgent
{
    /// <summary>Measures under a lease; what comes of it is delivered (<see cref="IProfilerHub.Deliver"/>), over this connection or a later one.</summary>
    Task Measure(ProbeLease lease, ProbeRequest request);

    /// <inheritdoc cref="Measure"/>
    Task MeasureMemory(ProbeLease lease, MemoryRequest request);

    /// <summary>Answered at once: images are sent again to an agent that was lost, nothing of them is kept.</summary>
    Task<EvaluationResult> Evaluate(EvaluationRequest request);

    /// <summary>Ends what is running early: its answer is no longer wanted.</summary>
    Task Abandon();
}
