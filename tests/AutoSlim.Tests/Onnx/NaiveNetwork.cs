using AutoSlim.Networks;
using AutoSlim.Onnx;

namespace AutoSlim.Tests.Onnx;

/// <summary>The independent reference: one image through a resolved network in plain loops.</summary>
internal static class NaiveNetwork
{
    public static float[] Run(ResolvedNetwork network, IReadOnlyDictionary<string, FoldedWeights> weights, float[] image)
    {
        var tensors = new Dictionary<string, float[]> { [NetworkDefinition.InputName] = image };
        foreach (var layer in network.Layers)
        {
            var inputs = layer.Layer.Inputs.Select(input => tensors[input]).ToList();
            tensors[layer.Name] = NaiveOperator.Run(layer.Signature, inputs, weights.GetValueOrDefault(layer.Name));
        }

        return tensors[network.Layers[^1].Name];
    }
}
