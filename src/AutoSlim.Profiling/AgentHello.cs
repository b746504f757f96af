using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>An agent's first message.</summary>
/// <param name="Name">The device's name: letters, digits, '-', '_' and '.', at most 64, because it names a folder too.</param>
[MessagePackObject]
public sealed record AgentHello(
    [property: Key(0)] string Name,
    [property: Key(1)] int ProtocolVersion,
    [property: Key(2)] DeviceDescription Device)
{
    private const int MaximumNameLength = 64;

    /// <summary>What is wrong with a device's name, or null.</summary>
    public static string? NameProblem(string? name) =>
        name is { Length: > 0 and <= MaximumNameLength } && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? null
            : $"device name '{name}' must start with a letter or digit and have at most {MaximumNameLength} letters, digits, '-', '_' and '.'";

    /// <summary>What is wrong with a greeting that came over the wire, or null.</summary>
    public string? Problem()
    {
        if (ProtocolVersion != ProfilerProtocol.Version)
            return $"the agent speaks protocol {ProtocolVersion}, the host {ProfilerProtocol.Version}: install the same release on both";
        return NameProblem(Name) ?? (Device is null ? "the device description is missing" : Device.Problem());
    }
}
