namespace AutoSlim.Networks;

/// <summary>What MobileNet v2 and MNasNet share: stem, stages of inverted residual blocks, a pointwise tail, a classifier.</summary>
internal sealed class InvertedResidualNetwork(IReadOnlyList<InvertedResidualStage> stages, Activation activation)
{
    private const int StemChannels = 32;
    private const int TailChannels = 1280;
    private const double MinimumWidth = 0.15;

    public NetworkDefinition Create(NetworkSpecification specification, double defaultMaximumWidth)
    {
        var maximum = Channels(specification.MaximumWidth ?? defaultMaximumWidth, slimTail: true);
        var minimum = Channels(MinimumWidth, slimTail: true);
        var order = PublishedOrder();
        var groups = order
            .Select((name, i) => new ChannelGroup(name, maximum[i], minimum[i], ChannelGroup.BlockOf(maximum[i]), maximum[i]))
            .DistinctBy(group => group.Name);
        return new(specification, [.. groups], Layers(specification), order, width => Channels(width, slimTail: false));
    }

    /// <summary>The uniform networks keep the tail at 1280 below width 1.0, as published; the search may slim it.</summary>
    private static int Tail(double width, bool slimTail) => width < 1 && !slimTail ? TailChannels : WidthRounding.ToEight(TailChannels * width);

    private List<int> Channels(double width, bool slimTail)
    {
        var input = WidthRounding.ToEight(StemChannels * width);
        var channels = new List<int> { input };
        foreach (var (stage, _) in Blocks())
        {
            if (stage.Expansion > 1) channels.Add(input * stage.Expansion);
            channels.Add(input = WidthRounding.ToEight(stage.Channels * width));
        }

        return [.. channels, Tail(width, slimTail)];
    }

    private List<string> PublishedOrder()
    {
        var order = new List<string> { "stem" };
        foreach (var (stage, block) in Blocks())
        {
            if (stage.Expansion > 1) order.Add(ExpansionGroup(block));
            order.Add(StageGroup(stage));
        }

        return [.. order, "tail"];
    }

    private IReadOnlyList<Layer> Layers(NetworkSpecification specification)
    {
        var builder = new NetworkBuilder();
        var halving = new HalvingPlan(specification.Layout);
        var last = builder.Convolution("stem", NetworkDefinition.InputName, "stem", 3, halving.Next(2), activation);
        InvertedResidualStage? previous = null;
        foreach (var (stage, block) in Blocks())
        {
            last = Block(builder, last, stage, block, first: stage != previous, halving);
            previous = stage;
        }

        last = builder.Convolution("tail", last, "tail", 1, 1, activation);
        builder.Classifier(last, specification.Classes);
        return builder.Layers;
    }

    private string Block(NetworkBuilder builder, string input, InvertedResidualStage stage, int block, bool first, HalvingPlan halving)
    {
        var name = $"block{block}";
        var last = input;
        if (stage.Expansion > 1) last = builder.Convolution($"{name}.expand", last, ExpansionGroup(block), 1, 1, activation);
        last = builder.Depthwise($"{name}.depthwise", last, stage.Kernel, first ? halving.Next(stage.Stride) : 1, activation);
        last = builder.Convolution($"{name}.project", last, StageGroup(stage), 1, 1, Activation.None);
        return first ? last : builder.Addition($"{name}.residual", input, last, Activation.None);
    }

    private static string ExpansionGroup(int block) => $"block{block}.expand";

    private string StageGroup(InvertedResidualStage stage) => $"stage{stages.ToList().IndexOf(stage) + 1}";

    private IEnumerable<(InvertedResidualStage Stage, int Block)> Blocks() =>
        stages.SelectMany(stage => Enumerable.Repeat(stage, stage.Blocks)).Select((stage, block) => (stage, block));
}
