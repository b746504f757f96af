namespace AutoSlim.Networks;

/// <summary>MobileNet v1 (Howard et al. 2017): a stem and 13 depthwise-separable blocks; searched up to 1.1x.</summary>
public static class MobileNetV1
{
    public const string Name = "mobilenet_v1";

    public const double DefaultMaximumWidth = 1.1;

    private const double MinimumWidth = 0.15;

    private static readonly int[] BaseChannels = [32, 64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024];
    private static readonly int[] Strides = [2, 1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1];

    public static NetworkDefinition Create(NetworkSpecification specification)
    {
        var maximum = Channels(specification.MaximumWidth ?? DefaultMaximumWidth);
        var minimum = Channels(MinimumWidth);
        var names = Enumerable.Range(0, BaseChannels.Length).Select(i => i == 0 ? "stem" : $"block{i - 1}").ToList();
        var groups = names.Select((name, i) => new ChannelGroup(name, maximum[i], minimum[i], ChannelGroup.BlockOf(maximum[i]), maximum[i]));
        return new(specification, [.. groups], Layers(specification, names), names, Channels);
    }

    private static IReadOnlyList<Layer> Layers(NetworkSpecification specification, IReadOnlyList<string> names)
    {
        var builder = new NetworkBuilder();
        var halving = new HalvingPlan(specification.Layout);
        var last = builder.Convolution("stem", NetworkDefinition.InputName, "stem", 3, halving.Next(Strides[0]), Activation.Relu);
        for (var i = 1; i < names.Count; i++)
        {
            last = builder.Depthwise($"{names[i]}.depthwise", last, 3, halving.Next(Strides[i]), Activation.Relu);
            last = builder.Convolution($"{names[i]}.pointwise", last, names[i], 1, 1, Activation.Relu);
        }

        builder.Classifier(last, specification.Classes);
        return builder.Layers;
    }

    private static IReadOnlyList<int> Channels(double width) => [.. BaseChannels.Select(channels => WidthRounding.ToEight(channels * width))];
}
