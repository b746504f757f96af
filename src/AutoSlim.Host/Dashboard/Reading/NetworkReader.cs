using System.Collections.Concurrent;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;

namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>Reads networks of runs, anew only where one of their files has changed: pages look every few seconds.</summary>
internal sealed class NetworkReader
{
    private readonly ConcurrentDictionary<string, (string Stamps, NetworkView View, IReadOnlyList<string> Problems)> known = new();

    /// <param name="folder">Of a network with channels.</param>
    /// <param name="definition">Of the run.</param>
    /// <param name="problems">Gets a line for each file that cannot be read.</param>
    public NetworkView Read(NetworkFolder folder, NetworkDefinition definition, List<string> problems)
    {
        var stamps = string.Join(' ', new[] { folder.ChannelsPath, folder.WeightsPath, folder.OnnxPath, folder.VerificationPath }.Select(StampOf));
        if (!known.TryGetValue(folder.Path, out var found) || found.Stamps != stamps)
        {
            var reading = new Readings();
            known[folder.Path] = found = (stamps, Fresh(folder, definition, reading), reading.Problems);
        }

        problems.AddRange(found.Problems);
        return found.View;
    }

    private static string StampOf(string path) => new FileInfo(path) is { Exists: true } file ? FormattableString.Invariant($"{file.LastWriteTimeUtc.Ticks}/{file.Length}") : "-";

    /// <summary>As the verbs judge it: weights of other channels, an ONNX file or a verification of other weights are not the network's.</summary>
    private static NetworkView Fresh(NetworkFolder folder, NetworkDefinition definition, Readings reading)
    {
        var view = new NetworkView(folder.Name, reading.Try(() => folder.Channels(definition)));
        var training = File.Exists(folder.WeightsPath) ? reading.Try(() => NetworkCheckpoint.Peek(folder.WeightsPath)) : null;
        if (view.Channels is null || training?.Configuration.Equals(view.Channels) != true) return view;
        view = view with { Training = training };
        if (!training.IsDone || !File.Exists(folder.OnnxPath) || reading.Try(() => OfWeights(folder)) is null) return view;
        return view with { OnnxBytes = new FileInfo(folder.OnnxPath).Length, Verification = File.Exists(folder.VerificationPath) ? reading.Try(() => OfOnnx(folder)) : null };
    }

    /// <summary>Written after the weights it is of them, else the hash tells: files that were copied have other times.</summary>
    /// <returns>Null where the ONNX file is of other weights.</returns>
    private static NetworkFolder? OfWeights(NetworkFolder folder) => IsOlder(folder.WeightsPath, folder.OnnxPath) || ExportStage.IsOfWeights(folder) != false ? folder : null;

    /// <returns>Null where what was verified is another ONNX file.</returns>
    private static Verification? OfOnnx(NetworkFolder folder) =>
        Verification.Read(folder.VerificationPath) is var found && (IsOlder(folder.OnnxPath, folder.VerificationPath) || found.Weights == ExportStage.HashOfWeights(folder)) ? found : null;

    private static bool IsOlder(string path, string other) => File.GetLastWriteTimeUtc(path) <= File.GetLastWriteTimeUtc(other);
}
