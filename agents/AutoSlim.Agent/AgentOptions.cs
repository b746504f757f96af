using AutoSlim.Agent.Conditions;
using AutoSlim.Agent.Limits;
using AutoSlim.Agent.Models;
using AutoSlim.Profiling;

namespace AutoSlim.Agent;

/// <summary>What an agent is started with.</summary>
internal sealed record AgentOptions
{
    private const int MaximumThreads = 256;

    /// <summary>The host's address.</summary>
    public required Uri Server { get; init; }

    /// <summary>The device's name.</summary>
    public required string Name { get; init; }

    /// <summary>The host's secret, or a one-time token of it; empty for a device that was enrolled.</summary>
    public required string Token { get; init; }

    /// <summary>Where the agent keeps its key and unacknowledged results; null for a folder of its own among the user's data.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Of the runtime that measures.</summary>
    public RuntimeSettings Runtime { get; init; } = new(1, RuntimeSettings.DefaultProvider, [], RuntimeSettings.DefaultOptimization);

    /// <summary>Processors that measure, such as <c>0-3,6</c>; null for all that the system allows.</summary>
    public string? Cores { get; init; }

    /// <summary>From which on nothing is measured, 20 to 150; null for the system's own trips alone.</summary>
    public double? MaximumCelsius { get; init; }

    /// <summary>What starts the process that measures, such as a script that puts it under an emulator or on one core; null for the agent's own program.</summary>
    public string? WorkerProgram { get; init; }

    /// <summary>The process whose end ends the agent too; null when it stands alone.</summary>
    public int? ParentProcess { get; init; }

    /// <summary>All that is wrong, one line each.</summary>
    public IEnumerable<string> Problems()
    {
        if (!Server.IsAbsoluteUri || Server.Scheme is not ("http" or "https")) yield return $"--server '{Server}' is not an http or https address";
        if (AgentHello.NameProblem(Name) is string problem) yield return $"--name: {problem}";
        if (Runtime.Threads is < 1 or > MaximumThreads) yield return $"--threads is {Runtime.Threads}, expected 1 to {MaximumThreads}";
        foreach (var wrong in Runtime.Problems()) yield return wrong;
        if (Cores is not null && CoreMask.Parse(Cores) is null) yield return $"--cores is '{Cores}', expected a list such as 0-3,6";
        if (MaximumCelsius is not (null or >= ThermalTrip.MinimumCelsius and <= ThermalTrip.MaximumCelsius))
            yield return FormattableString.Invariant($"--max-temperature is {MaximumCelsius}, expected {ThermalTrip.MinimumCelsius} to {ThermalTrip.MaximumCelsius} degrees Celsius");
        if (WorkerProgram is not null && !File.Exists(WorkerProgram)) yield return $"--worker-program '{WorkerProgram}' does not exist";
        if (Server is { IsAbsoluteUri: true, Scheme: "http", IsLoopback: false })
            yield return $"--server '{Server}' would carry the token in plain text over the network: use https, or a tunnel to loopback";
    }

    /// <summary>Like a record's own text, without the secret.</summary>
    public override string ToString() => $"{Name} at {Server}, {Runtime.Threads} threads";
}
