namespace AutoSlim.Profiling;

/// <summary>What an agent may ask of the host.</summary>
public interface IProfilerHub
{
    Task<Welcome> Greet(AgentHello hello);
}
