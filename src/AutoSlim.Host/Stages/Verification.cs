using System.Text.Json;
using System.Text.Json.Serialization;
using AutoSlim.Costs;
using AutoSlim.Files;

namespace AutoSlim.Host.Stages;

/// <summary>What an exported network turned out to be, on the device and in torch: verification.json.</summary>
/// <param name="PredictedMilliseconds">By the cost table, corrected by what was measured of the networks that the search had chosen before; null where no target limits the latency, only the memory.</param>
/// <param name="MeasuredMilliseconds">On the device, of the exported file.</param>
/// <param name="Accuracy">Top-1 on the test split in torch, 0 to 1.</param>
/// <param name="OnnxAccuracy">Top-1 on the test split of the exported file on the device, 0 to 1.</param>
/// <param name="MaximumLogitDifference">Between the two, over all test images and classes.</param>
/// <param name="DeviceDrift">How far off its calibration the device ran while this was measured; 0.01 is 1 % slower, null when it was too busy to tell, or is not calibrated.</param>
public sealed record Verification(
    double? PredictedMilliseconds, double MeasuredMilliseconds, double Accuracy, double OnnxAccuracy, double MaximumLogitDifference, double? DeviceDrift)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Where it was measured; null in files of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Device { get; init; }

    /// <summary>Content hash of the weights whose ONNX file it was; null in files of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Weights { get; init; }

    /// <summary>What the device's memory grows by while the network runs, by its law, corrected likewise; null where no target limits it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PredictedMemoryBytes { get; init; }

    /// <summary>The same, of the exported file on the device.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MeasuredMemoryBytes { get; init; }

    /// <summary>What was found of a network's weights as they are now on a device; null where that is still to be found.</summary>
    /// <inheritdoc cref="Read"/>
    internal static Verification? Find(NetworkFolder folder, string device) =>
        File.Exists(folder.VerificationPath) && Read(folder.VerificationPath) is var found && found.Device == device && found.Weights == ExportStage.HashOfWeights(folder) ? found : null;

    /// <exception cref="InvalidDataException">Not a verification.</exception>
    public static Verification Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Verification>(File.ReadAllText(path), Json) ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"'{path}' is not what verify wrote: {fault.Message}; delete it, it is made again", fault);
        }
    }

    /// <summary>A line for each of the network's budgets on the device that it was measured to miss.</summary>
    /// <param name="network">Its target's name.</param>
    /// <param name="targets">Of the run; those of other networks count for nothing.</param>
    /// <param name="device">Where it was measured.</param>
    internal IEnumerable<string> Overspent(string network, IReadOnlyList<Target> targets, string device) =>
        from target in targets
        where target.Name == network
        from budget in target.Budgets
        let measured = budget.Cost == DeviceLatency.NameFor(device) ? MeasuredMilliseconds : budget.Cost == DeviceMemory.NameFor(device) ? MeasuredMemoryBytes : null
        where measured > budget.Limit
        select $"'{network}' takes {DeviceCosts.Text(budget.Cost, measured.Value)}, over its budget {budget}";

    public void Write(string path) => WholeFile.WriteText(path, JsonSerializer.Serialize(this, Json) + "\n");
}
