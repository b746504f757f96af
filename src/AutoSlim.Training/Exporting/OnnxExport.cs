using AutoSlim.Networks;
using AutoSlim.Onnx;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Training.Exporting;

/// <summary>A trained network at one configuration as an ONNX model: the first channels of its weights, batch norm folded into them.</summary>
public static class OnnxExport
{
    /// <param name="network">The trained network.</param>
    /// <param name="configuration">At most the network's widest in every group.</param>
    /// <param name="statistics">Of this very configuration.</param>
    /// <exception cref="ArgumentException">The statistics are of another configuration.</exception>
    public static byte[] ToBytes(SlimmableNetwork network, ChannelConfiguration configuration, BatchNormStatistics statistics)
    {
        var slim = network.Definition.Resolve(configuration);
        statistics.RequireFit(slim);
        return OnnxWriter.Write(slim, LayerFolding.Fold(slim, network.Weights, statistics));
    }
}
