using AutoSlim.Profiling;

namespace AutoSlim.Costs.Import;

/// <summary>The description of a device that never measured here: what is not known of it says so.</summary>
public static class ImportedDevice
{
    private const string Unknown = "unknown";
    private const string RuntimePrefix = "imported:";

    /// <param name="format">Becomes the runtime: <c>imported:netadapt</c>.</param>
    /// <param name="fileHash">SHA-256 of the file, 64 hex digits: two files are two devices, and are never mixed.</param>
    public static DeviceDescription Describe(ImportFormat format, string fileHash) =>
        new(Unknown, Unknown, Unknown, Runtime(format), Unknown, fileHash, Unknown, IntraOpThreads: 1, Unknown);

    /// <summary>Whether its times are of whole blocks, inside which squeeze and excitation is.</summary>
    internal static bool TimedBlocks(this DeviceDescription device) => device.IsImported() && device.Runtime != Runtime(ImportFormat.NetAdapt);

    /// <summary>Whether a table of this device came from <see cref="TableImport"/>.</summary>
    public static bool IsImported(this DeviceDescription device) => device.Runtime.StartsWith(RuntimePrefix, StringComparison.Ordinal);

    private static string Runtime(ImportFormat format) => $"{RuntimePrefix}{format.Word()}";
}
