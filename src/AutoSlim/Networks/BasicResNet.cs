namespace AutoSlim.Networks;

/// <summary>
/// ResNet-18 and ResNet-34 (He et al. 2015): blocks of two 3x3 convolutions; searched up to 1.0x. Blocks that keep the shape add their
/// input as it is, so a stage's second convolutions are one group, and the stem belongs to the first stage's.
/// </summary>
public static class BasicResNet
{
    public const string Name18 = "resnet18";

    public const string Name34 = "resnet34";

    public const double DefaultMaximumWidth = 1.0;

    private static readonly int[] StageChannels = [64, 128, 256, 512];

    public static NetworkDefinition Create18(NetworkSpecification specification) => Create(specification, [2, 2, 2, 2]);

    public static NetworkDefinition Create34(NetworkSpecification specification) => Create(specification, [3, 4, 6, 3]);

    private static NetworkDefinition Create(NetworkSpecification specification, int[] blocks)
    {
        var order = PublishedOrder(blocks);
        var maximum = Channels(blocks, specification.MaximumWidth ?? DefaultMaximumWidth);
        var groups = order.Zip(maximum, Group).DistinctBy(group => group.Name);
        return new(specification, [.. groups], Layers(specification, blocks), order, width => Channels(blocks, width));
    }

    /// <summary>The grid of the ResNet family: multiples of the block, the narrowest network one block.</summary>
    private static ChannelGroup Group(string name, int maximum)
    {
        var block = ChannelGroup.BlockOf(maximum);
        return new(name, maximum, Minimum: block, Step: block, Origin: 0);
    }

    private static List<int> Channels(int[] blocks, double width)
    {
        var channels = new List<int> { WidthRounding.ToEight(StageChannels[0] * width) };
        for (var stage = 0; stage < blocks.Length; stage++)
            channels.AddRange(Enumerable.Repeat(WidthRounding.ToEight(StageChannels[stage] * width), 2 * blocks[stage]));
        return channels;
    }

    private static List<string> PublishedOrder(int[] blocks)
    {
        var order = new List<string> { StageGroup(0) };
        for (var stage = 0; stage < blocks.Length; stage++)
            for (var block = 0; block < blocks[stage]; block++)
                order.AddRange([$"{BlockName(stage, block)}.conv1", StageGroup(stage)]);
        return order;
    }

    private static IReadOnlyList<Layer> Layers(NetworkSpecification specification, int[] blocks)
    {
        var builder = new NetworkBuilder();
        var halving = new HalvingPlan(specification.Layout);
        var last = builder.Convolution("stem", NetworkDefinition.InputName, StageGroup(0), 7, halving.Next(2), Activation.Relu);
        last = builder.MaxPooling("stem.pool", last, 3, halving.Next(2));
        for (var stage = 0; stage < blocks.Length; stage++)
            for (var block = 0; block < blocks[stage]; block++)
                last = Block(builder, last, stage, block);
        builder.Classifier(last, specification.Classes);
        return builder.Layers;
    }

    private static string Block(NetworkBuilder builder, string input, int stage, int block)
    {
        var name = BlockName(stage, block);
        var narrows = stage > 0 && block == 0;
        var stride = narrows ? 2 : 1;
        var shortcut = narrows ? builder.Convolution($"{name}.shortcut", input, StageGroup(stage), 1, stride, Activation.None) : input;
        var last = builder.Convolution($"{name}.conv1", input, $"{name}.conv1", 3, stride, Activation.Relu);
        last = builder.Convolution($"{name}.conv2", last, StageGroup(stage), 3, 1, Activation.None);
        return builder.Addition($"{name}.residual", shortcut, last, Activation.Relu);
    }

    private static string BlockName(int stage, int block) => $"stage{stage + 1}.block{block}";

    private static string StageGroup(int stage) => $"stage{stage + 1}";
}
