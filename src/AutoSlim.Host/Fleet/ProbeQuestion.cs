using System.Security.Cryptography;
using System.Text;
using AutoSlim.Profiling;
using MessagePack;

namespace AutoSlim.Host.Fleet;

/// <summary>One question to a device: the same id whenever the same work asks it again, after a restart too.</summary>
/// <param name="Id">64 lower-case hex digits.</param>
/// <param name="Campaign">The work that asks.</param>
/// <param name="Kind">Of the request.</param>
/// <param name="Request">As it goes over the wire.</param>
internal sealed record ProbeQuestion(string Id, string Campaign, ProbeKind Kind, byte[] Request)
{
    private readonly ProbeRequest? latency = Kind == ProbeKind.Latency ? Read<ProbeRequest>(Request) : null;
    private readonly MemoryRequest? memory = Kind == ProbeKind.Memory ? Read<MemoryRequest>(Request) : null;

    /// <summary>Of the device that is meant; null for whatever goes by the name.</summary>
    public string? Fingerprint { get; init; }

    public string Entry => latency?.Entry ?? memory!.Entry;

    public string ModelSha256 => latency?.ModelSha256 ?? memory!.ModelSha256;

    public double TimeLimitMilliseconds => latency?.Plan.TimeLimitMilliseconds ?? memory!.TimeLimitMilliseconds;

    /// <summary>For a message: <c>measuring 'conv'</c>.</summary>
    public string Doing => Kind == ProbeKind.Latency ? $"measuring '{Entry}'" : $"measuring the memory of '{Entry}'";

    /// <param name="campaign">The work that asks.</param>
    /// <param name="device">Who is asked.</param>
    /// <param name="kind">Of the request.</param>
    /// <param name="request">As it goes over the wire.</param>
    /// <param name="occurrence">How often the campaign has asked this before.</param>
    public static ProbeQuestion Of(string campaign, string device, ProbeKind kind, byte[] request, int occurrence)
    {
        var head = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{campaign}\n{device}\n{(int)kind}\n{occurrence}\n"));
        return new(Convert.ToHexStringLower(SHA256.HashData([.. head, .. request])), campaign, kind, request);
    }

    /// <summary>What is wrong with a question that came over the wire, or null.</summary>
    public string? Problem() => ContentHash.IsWellFormed(Id)
        ? Kind switch
        {
            ProbeKind.Latency => latency is null ? "the request is empty" : latency.Problem(),
            ProbeKind.Memory => memory is null ? "the request is empty" : memory.Problem(),
            _ => $"kind {(int)Kind} is unknown",
        }
        : $"probe '{Id}' is not 64 lower-case hex digits";

    public Task SendAsync(IProfilerAgent agent, ProbeLease lease) => latency is null ? agent.MeasureMemory(lease, memory!) : agent.Measure(lease, latency);

    /// <summary>The result in a report as it is stored; one that does not fit the question becomes the reason why.</summary>
    public (byte[] Result, bool IsRefused) Answer(string device, ProbeReport report)
    {
        var problem = latency is null ? Missing(report.Memory) ?? report.Memory!.Problem() : Missing(report.Latency) ?? report.Latency!.Problem(latency.Plan);
        var reason = $"the answer of device '{device}' was refused: {problem}";
        return (latency, problem) switch
        {
            (null, null) => (Write(report.Memory!), false),
            (null, _) => (Write(MemoryResult.Failed(reason)), true),
            (_, null) => (Write(report.Latency!), false),
            _ => (Write(ProbeResult.Failed(reason)), true),
        };
    }

    public static byte[] Write<T>(T message) => MessagePackSerializer.Serialize(message, WireFormat.Options);

    public static T Read<T>(byte[] bytes) => MessagePackSerializer.Deserialize<T>(bytes, WireFormat.Options);

    private static string? Missing(object? result) => result is null ? "it is empty" : null;
}
