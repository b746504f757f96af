namespace AutoSlim.Networks;

/// <summary>
/// A network as data: layers in execution order whose output widths are named groups. Together with a
/// <see cref="ChannelConfiguration"/> it resolves, purely, to concrete layers.
/// </summary>
public sealed class NetworkDefinition
{
    /// <summary>What layers call the image.</summary>
    public const string InputName = "input";

    private readonly IReadOnlyList<string> publishedOrder;
    private readonly Func<double, IReadOnlyList<int>> widths;

    /// <param name="specification">What made it; enough to make it again.</param>
    /// <param name="groups">The slimmable groups, in the order in which ties between candidates break.</param>
    /// <param name="layers">The graph in execution order.</param>
    /// <param name="publishedOrder">The group that each number of a published channel list belongs to, classes left out.</param>
    /// <param name="widths">A width multiplier's channels, in published order.</param>
    internal NetworkDefinition(
        NetworkSpecification specification,
        IReadOnlyList<ChannelGroup> groups,
        IReadOnlyList<Layer> layers,
        IReadOnlyList<string> publishedOrder,
        Func<double, IReadOnlyList<int>> widths)
    {
        (Specification, Groups, Layers) = (specification, groups, layers);
        (this.publishedOrder, this.widths) = (publishedOrder, widths);
    }

    public NetworkSpecification Specification { get; }

    public string Name => Specification.Network;

    public IReadOnlyList<ChannelGroup> Groups { get; }

    public IReadOnlyList<Layer> Layers { get; }

    public TensorShape Input => new(Specification.InputChannels, Specification.Resolution, Specification.Resolution);

    public ChannelConfiguration Widest => new(Groups.Select(group => KeyValuePair.Create(group.Name, group.Maximum)));

    public ChannelConfiguration Narrowest => new(Groups.Select(group => KeyValuePair.Create(group.Name, group.Minimum)));

    /// <summary>The network at one width multiplier for all layers, as published; kept within every group's range.</summary>
    public ChannelConfiguration Uniform(double width)
    {
        var byGroup = publishedOrder.Zip(widths(width)).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);
        return new(Groups.Select(group => KeyValuePair.Create(group.Name, Math.Clamp(byGroup[group.Name], group.Minimum, group.Maximum))));
    }

    /// <summary>The configuration with every group at the nearest width that a device of this alignment likes, see <see cref="ChannelGroup.Aligned"/>.</summary>
    public ChannelConfiguration Aligned(ChannelConfiguration configuration, int alignment) =>
        new(Groups.Select(group => KeyValuePair.Create(group.Name, group.Aligned(configuration[group.Name], alignment))));

    /// <summary>Reads a published list (one number per layer in the paper's order, classes last).</summary>
    /// <exception cref="InvalidChannelsException">With every problem of the list: its length, tied numbers that differ, numbers out of range.</exception>
    public ChannelConfiguration FromPublished(IReadOnlyList<int> list) => PublishedList.Read(this, publishedOrder, list);

    /// <summary>The published list of a configuration: the inverse of <see cref="FromPublished"/>.</summary>
    public IReadOnlyList<int> ToPublished(ChannelConfiguration configuration) =>
        [.. publishedOrder.Select(group => configuration[group]), Specification.Classes];

    /// <summary>The same network at one configuration, with concrete shapes.</summary>
    public ResolvedNetwork Resolve(ChannelConfiguration configuration)
    {
        var shapes = new Dictionary<string, TensorShape> { [InputName] = Input };
        var resolved = new List<ResolvedLayer>(Layers.Count);
        foreach (var layer in Layers)
        {
            var signature = LayerResolution.Resolve(layer, [.. layer.Inputs.Select(input => shapes[input])], configuration);
            shapes[layer.Name] = signature.Output;
            resolved.Add(new(layer, signature));
        }

        return new(this, configuration, resolved);
    }
}
