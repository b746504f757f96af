namespace AutoSlim.Networks;

/// <summary>ResNet-50 (He et al. 2015), stride in the 3x3 convolution; searched up to 1.0x. A stage's shortcut and all its third convolutions are one group.</summary>
public static class ResNet50
{
    public const string Name = "resnet50";

    public const double DefaultMaximumWidth = 1.0;

    private const int StemChannels = 64;
    private const int Expansion = 4;

    private static readonly (int Channels, int Blocks, int Stride)[] Stages = [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)];

    public static NetworkDefinition Create(NetworkSpecification specification)
    {
        var order = PublishedOrder();
        var maximum = Channels(specification.MaximumWidth ?? DefaultMaximumWidth);
        var groups = order.Zip(maximum, Group).DistinctBy(group => group.Name).ToDictionary(group => group.Name);
        return new(specification, [.. TieOrder().Select(name => groups[name])], Layers(specification), order, Channels);
    }

    /// <summary>This family's published grid is multiples of the block, and its minimum is one block.</summary>
    private static ChannelGroup Group(string name, int maximum)
    {
        var block = ChannelGroup.BlockOf(maximum);
        return new(name, maximum, Minimum: block, Step: block, Origin: 0);
    }

    private static IReadOnlyList<int> Channels(double width)
    {
        var channels = new List<int> { WidthRounding.ToEight(StemChannels * width) };
        foreach (var stage in Stages)
        {
            int inner = WidthRounding.ToEight(stage.Channels * width), outer = WidthRounding.ToEight(stage.Channels * Expansion * width);
            channels.Add(outer);
            for (var block = 0; block < stage.Blocks; block++) channels.AddRange([inner, inner, outer]);
        }

        return channels;
    }

    private static List<string> PublishedOrder()
    {
        var order = new List<string> { "stem" };
        for (var stage = 0; stage < Stages.Length; stage++)
        {
            order.Add(StageGroup(stage));
            for (var block = 0; block < Stages[stage].Blocks; block++)
                order.AddRange([$"{BlockName(stage, block)}.conv1", $"{BlockName(stage, block)}.conv2", StageGroup(stage)]);
        }

        return order;
    }

    /// <summary>Groups in the order of their last layer but one: a stage's output follows its blocks.</summary>
    private static IEnumerable<string> TieOrder() => PublishedOrder().AsEnumerable().Reverse().Distinct().Reverse();

    private static IReadOnlyList<Layer> Layers(NetworkSpecification specification)
    {
        var builder = new NetworkBuilder();
        var halving = new HalvingPlan(specification.Layout);
        var last = builder.Convolution("stem", NetworkDefinition.InputName, "stem", 7, halving.Next(2), Activation.Relu);
        last = builder.MaxPooling("stem.pool", last, 3, halving.Next(2));
        for (var stage = 0; stage < Stages.Length; stage++)
            for (var block = 0; block < Stages[stage].Blocks; block++)
                last = Bottleneck(builder, last, stage, block);
        builder.Classifier(last, specification.Classes);
        return builder.Layers;
    }

    private static string Bottleneck(NetworkBuilder builder, string input, int stage, int block)
    {
        var name = BlockName(stage, block);
        var stride = block == 0 ? Stages[stage].Stride : 1;
        var shortcut = block > 0 ? input : builder.Convolution($"{name}.shortcut", input, StageGroup(stage), 1, stride, Activation.None);
        var last = builder.Convolution($"{name}.conv1", input, $"{name}.conv1", 1, 1, Activation.Relu);
        last = builder.Convolution($"{name}.conv2", last, $"{name}.conv2", 3, stride, Activation.Relu);
        last = builder.Convolution($"{name}.conv3", last, StageGroup(stage), 1, 1, Activation.None);
        return builder.Addition($"{name}.residual", shortcut, last, Activation.Relu);
    }

    private static string BlockName(int stage, int block) => $"stage{stage + 1}.block{block}";

    private static string StageGroup(int stage) => $"stage{stage + 1}";
}
