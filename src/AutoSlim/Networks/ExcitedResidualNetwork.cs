namespace AutoSlim.Networks;

/// <summary>
/// What both sizes of MobileNet v3 share: stem, inverted residual blocks with their own widths, a pointwise tail, a classifier with a
/// hidden layer. A block adds its input where stride and published widths allow it; the outputs joined so are one group.
/// </summary>
internal sealed record ExcitedResidualNetwork(IReadOnlyList<MobileNetV3Block> Blocks, int TailChannels, int HiddenChannels)
{
    private const int StemChannels = 16;
    private const int SqueezeDivisor = 4;
    private const double MinimumWidth = 0.15;

    public NetworkDefinition Create(NetworkSpecification specification, double defaultMaximumWidth)
    {
        var maximum = Channels(specification.MaximumWidth ?? defaultMaximumWidth);
        var minimum = Channels(MinimumWidth);
        var order = PublishedOrder();
        var groups = order
            .Select((name, i) => new ChannelGroup(name, maximum[i], minimum[i], ChannelGroup.BlockOf(maximum[i]), maximum[i]))
            .DistinctBy(group => group.Name);
        return new(specification, [.. groups], Layers(specification), order, Channels);
    }

    /// <summary>In published order: stem, then per block expansion, squeeze and output, then tail and hidden layer.</summary>
    private List<int> Channels(double width)
    {
        var channels = new List<int> { WidthRounding.ToEight(StemChannels * width) };
        foreach (var (index, block) in Blocks.Index())
        {
            var expanded = WidthRounding.ToEight(block.Expanded * width);
            if (Expands(index)) channels.Add(expanded);
            if (block.Excited) channels.Add(WidthRounding.ToEight((double)(expanded / SqueezeDivisor)));
            channels.Add(WidthRounding.ToEight(block.Channels * width));
        }

        return [.. channels, WidthRounding.ToEight(TailChannels * width), WidthRounding.ToEight(HiddenChannels * width)];
    }

    private List<string> PublishedOrder()
    {
        var order = new List<string> { OutputGroup(-1) };
        foreach (var (index, block) in Blocks.Index())
        {
            if (Expands(index)) order.Add(ExpansionGroup(index));
            if (block.Excited) order.Add($"block{index}.squeeze");
            order.Add(OutputGroup(index));
        }

        return [.. order, "tail", "hidden"];
    }

    private IReadOnlyList<Layer> Layers(NetworkSpecification specification)
    {
        var builder = new NetworkBuilder();
        var halving = new HalvingPlan(specification.Layout);
        var last = builder.Convolution("stem", NetworkDefinition.InputName, OutputGroup(-1), 3, halving.Next(2), Activation.HardSwish);
        for (var index = 0; index < Blocks.Count; index++) last = Block(builder, last, index, halving);
        last = builder.Convolution("tail", last, "tail", 1, 1, Activation.HardSwish);
        builder.Classifier(last, "hidden", specification.Classes);
        return builder.Layers;
    }

    private string Block(NetworkBuilder builder, string input, int index, HalvingPlan halving)
    {
        var (name, block, last) = ($"block{index}", Blocks[index], input);
        if (Expands(index)) last = builder.Convolution($"{name}.expand", last, ExpansionGroup(index), 1, 1, block.Activation);
        last = builder.Depthwise($"{name}.depthwise", last, block.Kernel, halving.Next(block.Stride), block.Activation);
        if (block.Excited) last = builder.SqueezeExcitation(name, last, $"{name}.squeeze", Expands(index) ? ExpansionGroup(index) : OutputGroup(index - 1));
        last = builder.Convolution($"{name}.project", last, OutputGroup(index), 1, 1, Activation.None);
        return AddsInput(index) ? builder.Addition($"{name}.residual", input, last, Activation.None) : last;
    }

    private static string ExpansionGroup(int index) => $"block{index}.expand";

    /// <summary>Of a block, or of the stem at -1: named after the first block or stem whose output it is joined with.</summary>
    private string OutputGroup(int index)
    {
        while (index >= 0 && AddsInput(index)) index--;
        return index < 0 ? "stem" : $"block{index}";
    }

    private bool Expands(int index) => Blocks[index].Expanded != InputChannels(index);

    private bool AddsInput(int index) => Blocks[index].Stride == 1 && Blocks[index].Channels == InputChannels(index);

    private int InputChannels(int index) => index == 0 ? StemChannels : Blocks[index - 1].Channels;
}
