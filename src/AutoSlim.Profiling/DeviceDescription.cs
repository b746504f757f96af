using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>Everything that a latency depends on besides the model: two equal descriptions share a cost table, any difference means another device.</summary>
/// <param name="Processor">As the operating system names it.</param>
/// <param name="OperatingSystem">Name and version.</param>
/// <param name="Architecture">Of the agent's process, for example <c>x64</c>.</param>
/// <param name="Runtime">The inference runtime, for example <c>onnxruntime</c>.</param>
/// <param name="RuntimeVersion">As the runtime reports it.</param>
/// <param name="NativeLibraryHash">SHA-256 of the runtime's native library: two builds of one version can differ by half (nn-Meter issue 83).</param>
/// <param name="ExecutionProvider">For example <c>CPU</c>.</param>
/// <param name="IntraOpThreads">Threads inside one operator, at least 1.</param>
/// <param name="OptimizationLevel">Graph optimisations, for example <c>all</c>.</param>
/// <param name="ProviderOptions">Of the execution provider, sorted, and of the session, <c>key=value</c> with ';' between them; <c>none</c> for the defaults.</param>
/// <param name="Cores">Processors that measuring may use, as Linux lists them (<c>0-3,6</c>); <c>any</c> where the system does not say.</param>
/// <param name="ProcessorQuota">Processor seconds a second that the system grants, such as 0.5; 0 for no limit.</param>
[MessagePackObject]
public sealed record DeviceDescription(
    [property: Key(0)] string Processor,
    [property: Key(1)] string OperatingSystem,
    [property: Key(2)] string Architecture,
    [property: Key(3)] string Runtime,
    [property: Key(4)] string RuntimeVersion,
    [property: Key(5)] string NativeLibraryHash,
    [property: Key(6)] string ExecutionProvider,
    [property: Key(7)] int IntraOpThreads,
    [property: Key(8)] string OptimizationLevel,
    [property: Key(9)] string ProviderOptions = DeviceDescription.NoOptions,
    [property: Key(10)] string Cores = DeviceDescription.AnyCores,
    [property: Key(11)] double ProcessorQuota = 0)
{
    /// <summary>A provider with its defaults.</summary>
    public const string NoOptions = "none";

    /// <summary>A system that does not say which processors it uses.</summary>
    public const string AnyCores = "any";

    private const int MaximumTextLength = 256;
    private const double MaximumQuota = 4096;

    /// <summary>Twelve hex digits over all fields: the same on every machine and in every release.</summary>
    [IgnoreMember]
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Fields()))))[..12];

    /// <summary>What is wrong with a description that came over the wire, or null.</summary>
    public string? Problem()
    {
        if (Fields().Any(string.IsNullOrWhiteSpace)) return "the device description lacks a field";
        if (Fields().Any(field => field.Length > MaximumTextLength)) return $"a field of the device description is longer than {MaximumTextLength} characters";
        if (Fields().Any(field => field.Any(char.IsControl))) return "a field of the device description holds control characters";
        if (AgentHello.NameProblem(ExecutionProvider) is not null) return $"the execution provider '{ExecutionProvider}' names a file: expected letters, digits, '-', '_' and '.'";
        if (IntraOpThreads < 1) return $"intra-op threads are {IntraOpThreads}, expected at least 1";
        return ProcessorQuota is >= 0 and <= MaximumQuota ? null : FormattableString.Invariant($"the processor quota is {ProcessorQuota}, expected 0 to {MaximumQuota}");
    }

    private string[] Fields() =>
    [
        Processor, OperatingSystem, Architecture, Runtime, RuntimeVersion, NativeLibraryHash, ExecutionProvider,
        IntraOpThreads.ToString(CultureInfo.InvariantCulture), OptimizationLevel, ProviderOptions, Cores, ProcessorQuota.ToString("R", CultureInfo.InvariantCulture),
    ];
}
