namespace AutoSlim.Agent;

/// <summary>Why the agent ended.</summary>
internal sealed class AgentOutcome
{
    /// <summary>One line, or null when it was told to stop.</summary>
    public string? Failure { get; set; }
}
