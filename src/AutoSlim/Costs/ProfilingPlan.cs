using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>What to measure so that every configuration of a network can be priced.</summary>
public static class ProfilingPlan
{
    /// <summary>
    /// Every layer at the lattice of its input's group times the lattice of its output's, a fixed width staying as it is. Distinct,
    /// in execution order, widest first.
    /// </summary>
    /// <param name="definition">The network.</param>
    /// <param name="alignment">See <see cref="DeviceAlignment"/>.</param>
    public static IReadOnlyList<LayerSignature> For(NetworkDefinition definition, int alignment) => At(definition, group => WidthLattice.Of(group, alignment));

    /// <summary>The operators of configurations that slimming may pass through and that the table cannot price; widest first.</summary>
    /// <param name="definition">The network.</param>
    /// <param name="table">Of a device that takes any width.</param>
    public static IReadOnlyList<LayerSignature> Unpriced(NetworkDefinition definition, CostTable table) =>
        [.. At(definition, group => [.. group.Grid.Reverse()]).Where(signature => !table.CanPrice(signature))];

    private static IReadOnlyList<LayerSignature> At(NetworkDefinition definition, Func<ChannelGroup, IReadOnlyList<int>> widths)
    {
        var lattices = definition.Groups.ToDictionary(group => group.Name, widths);
        var produced = new Dictionary<string, ChannelCount> { [NetworkDefinition.InputName] = ChannelCount.Fixed(definition.Input.Channels) };
        var plan = new List<LayerSignature>();
        foreach (var (layer, signature) in definition.Resolve(definition.Widest).Layers)
        {
            var input = produced[layer.Inputs[0]];
            produced[layer.Name] = Output(layer) ?? input;
            plan.AddRange(Grid(signature, Widths(input), Widths(produced[layer.Name])));
        }

        return [.. plan.Distinct()];

        IReadOnlyList<int> Widths(ChannelCount count) => count.Group is string group ? lattices[group] : [count.In(definition.Widest)];
    }

    /// <summary>The width that a layer decides itself, or null when it keeps its input's.</summary>
    private static ChannelCount? Output(Layer layer) => layer switch
    {
        Convolution convolution => convolution.Output,
        Linear linear => linear.Output,
        BiasedPointwise pointwise => pointwise.Output,
        _ => null,
    };

    private static IEnumerable<LayerSignature> Grid(LayerSignature signature, IReadOnlyList<int> inputs, IReadOnlyList<int> outputs) =>
        inputs.SelectMany(input => (signature.KeepsChannels ? [input] : outputs).Select(output => signature.WithChannels(input, output)));
}
