using System.CommandLine;
using System.CommandLine.Parsing;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Commands;

/// <summary>Checks of the options that say where and how exactly networks are trained.</summary>
internal static class ComputeOptions
{
    public static void Check(CommandResult result, Option<string> device, Option<string> precision)
    {
        if (result.GetResult(device)?.Tokens is [var place] && ComputeDevice.Parse(place.Value) is null)
            result.AddError($"--device is '{place.Value}', expected {ComputeDevice.Forms}; the device that is measured is that of profile, slim and verify");
        if (result.GetResult(precision)?.Tokens is [var word] && PrecisionWords.Parse(word.Value) is null)
            result.AddError($"--precision is '{word.Value}'; choose {string.Join(" or ", PrecisionWords.All)}{NearestName.Hint(word.Value, PrecisionWords.All)}");
    }

    /// <summary>What to say of settings that are allowed but seldom meant; null for others.</summary>
    public static string? Caution(RunSettings settings) => settings.Supernet.Precision == Precision.Bfloat16 && settings.Device == ComputeDevice.Cpu
        ? "bfloat16 on the processor: without hardware for it a step takes up to 25 times as long as in float32"
        : null;
}
