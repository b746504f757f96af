using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>An agent's first message.</summary>
/// <param name="Name">The device's name: letters, digits, '-', '_' and '.', at most 64, because it names a folder too.</param>
/// <param name="ProtocolVersion">The newest that the agent speaks.</param>
/// <param name="Device">What it measures with.</param>
/// <param name="OldestProtocolVersion">The oldest that it speaks; 0 from agents that speak one only.</param>
/// <param name="Holding">What it measures, or has yet to deliver, from an earlier connection.</param>
[MessagePackObject]
public sealed record AgentHello(
    [property: Key(0)] string Name,
    [property: Key(1)] int ProtocolVersion,
    [property: Key(2)] DeviceDescription Device,
    [property: Key(3)] int OldestProtocolVersion,
    [property: Key(4)] IReadOnlyList<ProbeLease> Holding)
{
    private const int MaximumNameLength = 64;

    /// <summary>What is wrong with a device's name, or null.</summary>
    public static string? NameProblem(string? name) =>
        name is { Length: > 0 and <= MaximumNameLength } && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? null
            : $"device name '{name}' must start with a letter or digit and have at most {MaximumNameLength} letters, digits, '-', '_' and '.'";

    /// <summary>What is wrong with a greeting that came over the wire, or null.</summary>
    public string? Problem() =>
        VersionProblem() ?? NameProblem(Name) ?? (Device is null ? "the device description is missing" : Device.Problem()) ?? Heartbeat.LeasesProblem(Holding);

    private string? VersionProblem()
    {
        var oldest = OldestProtocolVersion == 0 ? ProtocolVersion : OldestProtocolVersion;
        if (ProtocolVersion < ProfilerProtocol.OldestVersion)
            return $"the agent speaks protocol {ProtocolVersion}, this host {ProfilerProtocol.OldestVersion} to {ProfilerProtocol.Version}: update the agent to the host's release";
        return oldest > ProfilerProtocol.Version
            ? $"the agent speaks protocol {oldest} and newer, this host {ProfilerProtocol.OldestVersion} to {ProfilerProtocol.Version}: update the host, or install the host's release of the agent"
            : null;
    }
}
