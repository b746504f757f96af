using System.Globalization;
using AutoSlim.Networks;

namespace AutoSlim.Training.Pretrained;

/// <summary>
/// What torchvision calls the weights of a network, as its pretrained files have them: the position of a module in its container
/// (<c>features.2.conv.0.0.weight</c>) or its role (<c>layer1.0.bn1.weight</c>).
/// </summary>
internal static class TorchvisionNames
{
    /// <summary>The batch norm that torchvision's MobileNet v3 was trained with; its other networks have the usual 1e-5.</summary>
    private const double MobileNetV3Epsilon = 1e-3;

    /// <summary>Null where torchvision has no such network.</summary>
    public static ForeignNames? Of(NetworkDefinition definition) => definition.Name switch
    {
        MobileNetV2.Name => new("torchvision's", Tensors(MobileNetV2Modules(definition))),
        MnasNet.Name => new("torchvision's", Tensors(MnasNetModules(definition))),
        MobileNetV3.LargeName or MobileNetV3.SmallName => new("torchvision's", Tensors(MobileNetV3Modules(definition))) { BatchNormEpsilon = MobileNetV3Epsilon },
        ResNet50.Name or BasicResNet.Name18 or BasicResNet.Name34 => new("torchvision's", Tensors(ResNetModules(definition))),
        _ => null,
    };

    private static IEnumerable<(string Layer, string Weight, string Norm)> MobileNetV2Modules(NetworkDefinition definition)
    {
        yield return ("stem", "features.0.0", "features.0.1");
        var blocks = Blocks(definition);
        foreach (var (index, block) in blocks.Index())
            foreach (var (position, layer) in block.Index())
                yield return position < block.Count - 1
                    ? (layer.Name, $"features.{index + 1}.conv.{position}.0", $"features.{index + 1}.conv.{position}.1")
                    : (layer.Name, $"features.{index + 1}.conv.{position}", $"features.{index + 1}.conv.{position + 1}");
        yield return ("tail", $"features.{blocks.Count + 1}.0", $"features.{blocks.Count + 1}.1");
        yield return ("classifier", "classifier.1", "");
    }

    /// <summary>Convolution, batch norm and activation follow each other, three modules a layer; the first block lies flat beside the stem.</summary>
    private static IEnumerable<(string Layer, string Weight, string Norm)> MnasNetModules(NetworkDefinition definition)
    {
        const int firstStage = 8;
        yield return ("stem", "layers.0", "layers.1");
        var (stage, inStage) = (firstStage - 2, 0);
        foreach (var (index, block) in Blocks(definition).Index())
        {
            var begins = !definition.Layers.Any(layer => layer.Name == $"block{index}.residual");
            (stage, inStage) = begins ? (stage + 1, 0) : (stage, inStage + 1);
            foreach (var (position, layer) in block.Index())
                yield return index == 0
                    ? (layer.Name, $"layers.{3 * position + 3}", $"layers.{3 * position + 4}")
                    : (layer.Name, $"layers.{stage}.{inStage}.layers.{3 * position}", $"layers.{stage}.{inStage}.layers.{3 * position + 1}");
        }

        yield return ("tail", $"layers.{stage + 1}", $"layers.{stage + 2}");
        yield return ("classifier", "classifier.1", "");
    }

    private static IEnumerable<(string Layer, string Weight, string Norm)> MobileNetV3Modules(NetworkDefinition definition)
    {
        yield return ("stem", "features.0.0", "features.0.1");
        var blocks = Blocks(definition);
        foreach (var (index, block) in blocks.Index())
        {
            var position = 0;
            foreach (var layer in block)
            {
                var module = $"features.{index + 1}.block.{position}";
                if (layer.Name.EndsWith(".squeeze", StringComparison.Ordinal)) yield return (layer.Name, $"{module}.fc1", "");
                else if (layer.Name.EndsWith(".excite", StringComparison.Ordinal)) yield return (layer.Name, $"{module}.fc2", "");
                else yield return (layer.Name, $"{module}.0", $"{module}.1");
                if (!layer.Name.EndsWith(".squeeze", StringComparison.Ordinal)) position++;
            }
        }

        yield return ("tail", $"features.{blocks.Count + 1}.0", $"features.{blocks.Count + 1}.1");
        yield return ("hidden", "classifier.0", "");
        yield return ("classifier", "classifier.3", "");
    }

    private static IEnumerable<(string Layer, string Weight, string Norm)> ResNetModules(NetworkDefinition definition)
    {
        yield return ("stem", "conv1", "bn1");
        foreach (var layer in definition.Layers.OfType<Convolution>().Where(layer => layer.Name != "stem"))
        {
            var parts = layer.Name.Split('.');
            var module = $"layer{parts[0]["stage".Length..]}.{parts[1]["block".Length..]}";
            yield return parts[2] == "shortcut"
                ? (layer.Name, $"{module}.downsample.0", $"{module}.downsample.1")
                : (layer.Name, $"{module}.{parts[2]}", $"{module}.bn{parts[2]["conv".Length..]}");
        }

        yield return ("classifier", "fc", "");
    }

    /// <summary>The layers with weights of every block, in order.</summary>
    private static List<List<Layer>> Blocks(NetworkDefinition definition) =>
    [
        .. definition.Layers
            .Where(layer => layer is Convolution or DepthwiseConvolution or BiasedPointwise && layer.Name.StartsWith("block", StringComparison.Ordinal))
            .GroupBy(layer => int.Parse(layer.Name.Split('.')[0]["block".Length..], CultureInfo.InvariantCulture))
            .OrderBy(block => block.Key)
            .Select(block => block.ToList()),
    ];

    private static Dictionary<string, string> Tensors(IEnumerable<(string Layer, string Weight, string Norm)> modules)
    {
        var names = new Dictionary<string, string>();
        foreach (var (layer, weight, norm) in modules)
        {
            names[$"{layer}.weight"] = $"{weight}.weight";
            if (norm.Length == 0) names[$"{layer}.bias"] = $"{weight}.bias";
            else (names[$"{layer}.gamma"], names[$"{layer}.beta"]) = ($"{norm}.weight", $"{norm}.bias");
        }

        return names;
    }
}
