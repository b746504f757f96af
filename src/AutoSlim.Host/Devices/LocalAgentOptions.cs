namespace AutoSlim.Host.Devices;

/// <summary>How an agent is started on this machine.</summary>
public sealed record LocalAgentOptions
{
    /// <summary>The device's name.</summary>
    public string Name { get; init; } = "local";

    /// <summary>Threads inside one operator.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Processors to measure on, such as <c>0-3,6</c>; null for all that the system allows.</summary>
    public string? Cores { get; init; }

    /// <summary>What starts the process that measures; null for the agent's own program.</summary>
    public string? WorkerProgram { get; init; }

    /// <summary>From its start to its greeting.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>In all; an agent that dies more often is given up.</summary>
    public int MaximumRestarts { get; init; } = 5;

    /// <summary>The agent's program; by default the one that was built or published with the host.</summary>
    public string Executable { get; init; } = Path.Combine(AppContext.BaseDirectory, "agent", OperatingSystem.IsWindows() ? "autoslim-agent.exe" : "autoslim-agent");
}
