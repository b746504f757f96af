using System.Runtime.InteropServices;
using AutoSlim.Agent.Limits;
using AutoSlim.Agent.Models;
using AutoSlim.Profiling;
using Microsoft.ML.OnnxRuntime;

namespace AutoSlim.Agent;

/// <summary>Describes the machine and the runtime that the agent measures with.</summary>
internal static class ThisDevice
{
    private const int HashDigits = 16;

    public static DeviceDescription Describe(RuntimeSettings settings, ProcessorQuota quota) => new(
        Processor(),
        RuntimeInformation.OSDescription.Trim(),
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        "onnxruntime",
        OrtEnv.Instance().GetVersionString(),
        NativeLibraryHash(),
        settings.Provider.ToUpperInvariant(),
        settings.Threads,
        settings.Optimization,
        settings.FurtherOptions.Count == 0 ? DeviceDescription.NoOptions : string.Join(';', settings.FurtherOptions),
        CoreMask.Read(),
        double.IsFinite(quota.Processors) ? quota.Processors : 0);

    private static string Processor()
    {
        if (OperatingSystem.IsLinux() && LinuxProcessor() is { Length: > 0 } name) return name;
        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") is { Length: > 0 } identifier ? identifier : RuntimeInformation.OSArchitecture.ToString();
    }

    /// <summary>ARM has no names there, only numbers, and big and little cores differ in them.</summary>
    private static string LinuxProcessor()
    {
        var facts = File.ReadLines("/proc/cpuinfo")
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1]);
        var cores = facts["CPU implementer"].Zip(facts["CPU part"], (implementer, part) => $"ARM {implementer}:{part}").Distinct().Order();
        return facts["model name"].FirstOrDefault() ?? string.Join(' ', cores);
    }

    private static string NativeLibraryHash()
    {
        var folders = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] names = ["libonnxruntime.so", "libonnxruntime.dylib", "onnxruntime.dll"];
        var library = folders.Append(AppContext.BaseDirectory).SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        if (library is null) return "unknown";
        using var content = File.OpenRead(library);
        return ContentHash.Of(content)[..HashDigits];
    }
}
