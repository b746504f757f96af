using AutoSlim.Host.Commands;
using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>A run's networks, for those who need the ONNX files of their weights as they are now.</summary>
internal static class ExportedNetworks
{
    /// <exception cref="UsageException">Some are not trained, not exported, or were trained anew since; every one, with what to do.</exception>
    /// <exception cref="InvalidDataException">An ONNX file cannot be read.</exception>
    public static void Require(RunFolder run, NetworkDefinition definition, IReadOnlyList<NetworkFolder> networks)
    {
        var problems = networks.Select(network => TrainedNetworks.Problem(run, definition, network) ?? Problem(run, network)).OfType<string>().ToList();
        if (problems.Count > 0) throw new UsageException(problems);
    }

    private static string? Problem(RunFolder run, NetworkFolder network)
    {
        var export = $"autoslim export '{run.Path}' --target '{network.Name}'";
        if (!File.Exists(network.OnnxPath)) return $"'{network.OnnxPath}' is missing; write it with: {export}";
        return ExportStage.IsOfWeights(network) switch
        {
            true => null,
            false => $"'{network.OnnxPath}' is not of '{network.WeightsPath}' as it is now; write it anew with: {export}",
            null => $"'{network.OnnxPath}' does not say of which weights it is, as files of earlier versions do not; write it anew with: {export}",
        };
    }
}
