using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Native;
using AutoSlim.Training.Scoring;
using AutoSlim.Training.Supernets;
using ImageBatch = AutoSlim.Host.Devices.ImageBatch;

namespace AutoSlim.Host.Stages;

/// <summary>Has the device time the exported files and classify the test images with them: the one look at the test split.</summary>
internal sealed class VerifyStage(StageConsole console, TextWriter notices, RunImages images, ConnectedDevice device)
{
    private const int Rounds = 9;
    private const double SettledShare = 0.03;
    private const int SettlingAttempts = 6;
    private const double LargestLogitDifference = 1e-4;

    private static readonly TimeSpan SettlingPause = TimeSpan.FromSeconds(4);

    /// <summary>Whether a device that runs off its calibration is given time to come back.</summary>
    public bool Settles { get; init; } = true;

    /// <summary>By folder: what the search that chose a network multiplied its price by; 1 for the others.</summary>
    public IReadOnlyDictionary<string, double> Corrections { get; init; } = new Dictionary<string, double>();

    /// <summary>The same of its memory.</summary>
    public IReadOnlyDictionary<string, double> MemoryCorrections { get; init; } = new Dictionary<string, double>();

    /// <summary>What an earlier sitting found of these very weights on this device, or the check now: the test split is looked at once.</summary>
    public async Task<IReadOnlyList<Verification>> RunOnceAsync(
        RunSettings settings, IReadOnlyList<NetworkFolder> folders, DeviceCosts costs, CancellationToken cancellation)
    {
        var earlier = folders.Select(folder => Verification.Find(folder, device.Name)).OfType<Verification>().ToList();
        return earlier.Count == folders.Count ? earlier : await RunAsync(settings, folders, costs, cancellation);
    }

    public async Task<IReadOnlyList<Verification>> RunAsync(
        RunSettings settings, IReadOnlyList<NetworkFolder> folders, DeviceCosts costs, CancellationToken cancellation)
    {
        var definition = NetworkCatalog.Create(settings.Network);
        var drift = costs.Latency is null ? null : await DriftAsync(definition, costs.Table, settings.Seed, cancellation);
        var milliseconds = await TimeAsync(folders, settings.Seed, cancellation);
        var memory = costs.Memory is null ? new Dictionary<string, double>() : await new MemoryStage(console, definition, device).MeasureAsync(Models(folders), cancellation);
        var expected = TorchLogits(definition, folders, settings.Device);
        var verifications = new List<Verification>();
        foreach (var (index, folder) in folders.Index())
            verifications.Add(Write(folder, WithMemory(definition, folder, costs, memory, await VerifyAsync(definition, folder, expected[index], milliseconds[index], drift, costs, cancellation))));
        return verifications;
    }

    /// <summary>Of the device from its calibration, once it has settled or the patience has gone.</summary>
    private async Task<double?> DriftAsync(NetworkDefinition definition, CostTable table, ulong seed, CancellationToken cancellation)
    {
        var drift = await new Sentinels(definition, table).SettleAsync(device, seed, SettledShare, Settles ? SettlingAttempts : 1, SettlingPause, cancellation);
        if (!(Math.Abs(drift ?? double.NaN) <= SettledShare))
            await notices.WriteLineAsync($"verify: the device {(drift is double off ? $"runs {off:+0.0 %;-0.0 %} off its calibration" : "is too busy to compare with its calibration")}, so measured and predicted latencies may differ");
        return drift;
    }

    private Verification Write(NetworkFolder folder, Verification found)
    {
        var verification = found with { Device = device.Name, Weights = ExportStage.HashOfWeights(folder) };
        verification.Write(folder.VerificationPath);
        return verification;
    }

    private Verification WithMemory(NetworkDefinition definition, NetworkFolder folder, DeviceCosts costs, IReadOnlyDictionary<string, double> measured, Verification verification) => costs.Memory is null
        ? verification
        : verification with
        {
            PredictedMemoryBytes = Math.Round(costs.Memory.Price(definition.Resolve(folder.Channels(definition))) * MemoryCorrections.GetValueOrDefault(folder.Name, 1)),
            MeasuredMemoryBytes = measured[folder.Name],
        };

    private static Dictionary<string, byte[]> Models(IReadOnlyList<NetworkFolder> folders) => folders.ToDictionary(folder => folder.Name, folder => File.ReadAllBytes(folder.OnnxPath));

    private Task<IReadOnlyList<double>> TimeAsync(IReadOnlyList<NetworkFolder> folders, ulong seed, CancellationToken cancellation)
    {
        var times = new InterleavedTimes(device, Rounds, seed);
        var models = folders.Select(folder => (folder.Name, File.ReadAllBytes(folder.OnnxPath))).ToList();
        return console.RunStageAsync("verify", times.Probes(models.Count), "probes", report => times.MeasureAsync(models, (done, name) => report(done, name), cancellation));
    }

    private async Task<Verification> VerifyAsync(
        NetworkDefinition definition, NetworkFolder folder, float[] expected, double measured, double? drift, DeviceCosts costs, CancellationToken cancellation)
    {
        var configuration = folder.Channels(definition);
        var (actual, labels) = await DeviceLogitsAsync(folder, cancellation);
        var difference = expected.Zip(actual, (torch, onnx) => (double)Math.Abs(torch - onnx)).Max();
        if (difference > LargestLogitDifference)
            await notices.WriteLineAsync($"verify: logits of '{folder.OnnxPath}' differ from torch's by up to {difference:0.0e0}, expected at most {LargestLogitDifference:0e0}");
        return new(
            costs.Latency?.Price(definition.Resolve(configuration)) * Corrections.GetValueOrDefault(folder.Name, 1), measured, Accuracy(expected, labels), Accuracy(actual, labels), difference, drift);
    }

    private float[][] TorchLogits(NetworkDefinition definition, IReadOnlyList<NetworkFolder> folders, ComputeDevice device)
    {
        var logits = new float[folders.Count][];
        TorchRuntime.SideBySide([.. folders.Select<NetworkFolder, Action>((folder, index) => () => logits[index] = TorchLogits(definition, folder, device))]);
        return logits;
    }

    private float[] TorchLogits(NetworkDefinition definition, NetworkFolder folder, ComputeDevice device)
    {
        var checkpoint = NetworkCheckpoint.Load(folder.WeightsPath);
        using var network = new SlimmableNetwork(definition, checkpoint.Configuration, seed: 0, device.Torch);
        checkpoint.Restore(network);
        using var statistics = checkpoint.ReadStatistics(network.Device) ?? throw new InvalidDataException($"'{folder.WeightsPath}' is half trained; run retrain again");
        return Evaluation.Logits(network, checkpoint.Configuration, statistics, images.ForTest());
    }

    private async Task<(float[] Logits, int[] Labels)> DeviceLogitsAsync(NetworkFolder folder, CancellationToken cancellation)
    {
        var model = await File.ReadAllBytesAsync(folder.OnnxPath, cancellation);
        var (logits, labels) = (new List<float>(), new List<int>());
        foreach (var batch in images.ForTest())
        {
            var request = ImageBatch.Of(batch.Pixels, batch.Count, images.Test.Channels, images.Test.Height, images.Test.Width);
            var result = await device.EvaluateAsync(model, request, cancellation);
            if (result.Reason is string reason) throw new CommandFailedException($"device '{device.Name}' could not run '{folder.OnnxPath}': {reason}");
            logits.AddRange(result.Logits);
            labels.AddRange(batch.Labels.Select(label => (int)label));
        }

        return ([.. logits], [.. labels]);
    }

    private double Accuracy(float[] logits, int[] labels) => Evaluation.Of(logits, labels, images.Test.Classes).Accuracy;
}
