namespace AutoSlim.Profiling;

/// <summary>What the host may ask of an agent. One request is served at a time; others wait.</summary>
public interface IProfilerAgent
{
    Task<ProbeResult> Measure(ProbeRequest request);

    Task<EvaluationResult> Evaluate(EvaluationRequest request);

    Task<MemoryResult> MeasureMemory(MemoryRequest request);

    /// <summary>Ends what is running early: its answer is no longer wanted.</summary>
    Task Abandon();
}
