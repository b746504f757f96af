namespace AutoSlim.Networks;

/// <summary>
/// Chooses the widest network so that a uniform width fits: the network's own default where that is wide enough, else the
/// uniform width itself. Published tables hold a few uniform networks wider than the searched one.
/// </summary>
public static class FittingNetwork
{
    public const double NarrowestWidth = 0.15;

    public const double WidestWidth = 2.0;

    private const int WidthsPerUnit = 20;

    /// <param name="specification">The network, with its default maximum width.</param>
    /// <param name="width">Width multiplier, <see cref="NarrowestWidth"/> to <see cref="WidestWidth"/>.</param>
    public static NetworkDefinition ForWidth(NetworkSpecification specification, double width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, NarrowestWidth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, WidestWidth);
        var usual = NetworkCatalog.Create(specification);
        if (width <= 1) return usual;
        var wider = NetworkCatalog.Create(specification with { MaximumWidth = width });
        return Holds(usual, Published(wider)) ? usual : wider;
    }

    /// <summary>
    /// The default network, unless it is too narrow for <paramref name="list"/> and the list is exactly a uniform width (a
    /// multiple of 0.05 up to 2.0). Does not check the list: <see cref="NetworkDefinition.FromPublished"/> does.
    /// </summary>
    public static NetworkDefinition ForList(NetworkSpecification specification, IReadOnlyList<int> list)
    {
        var usual = NetworkCatalog.Create(specification);
        return Holds(usual, list) ? usual : Wider(specification).FirstOrDefault(wider => Published(wider).SequenceEqual(list)) ?? usual;
    }

    /// <summary>The same, but for a list that is no uniform width the narrowest network that holds it: a file that was written here may be of a search in any.</summary>
    public static NetworkDefinition Holding(NetworkSpecification specification, IReadOnlyList<int> list)
    {
        var fitting = ForList(specification, list);
        return Holds(fitting, list) ? fitting : Wider(specification).FirstOrDefault(wider => Holds(wider, list)) ?? fitting;
    }

    private static IEnumerable<NetworkDefinition> Wider(NetworkSpecification specification) => Enumerable
        .Range(WidthsPerUnit + 1, (int)(WidestWidth * WidthsPerUnit) - WidthsPerUnit)
        .Select(width => NetworkCatalog.Create(specification with { MaximumWidth = (double)width / WidthsPerUnit }));

    private static bool Holds(NetworkDefinition definition, IReadOnlyList<int> list) =>
        list.Zip(Published(definition)).All(pair => pair.First <= pair.Second);

    private static IReadOnlyList<int> Published(NetworkDefinition definition) => definition.ToPublished(definition.Widest);
}
