namespace AutoSlim.Networks;

/// <summary>From a layer and its input shapes to a signature.</summary>
internal static class LayerResolution
{
    public static LayerSignature Resolve(Layer layer, IReadOnlyList<TensorShape> inputs, ChannelConfiguration configuration)
    {
        var input = inputs[0];
        return layer switch
        {
            Convolution it => new(OperatorKind.Convolution, input, it.Output.In(configuration), it.Kernel, it.Stride, it.Padding, it.Activation),
            DepthwiseConvolution it => new(OperatorKind.DepthwiseConvolution, input, input.Channels, it.Kernel, it.Stride, it.Padding, it.Activation),
            Addition it => Same(it, inputs) ? new(OperatorKind.Addition, input, input.Channels, Activation: it.Activation) : throw Differ(it, inputs),
            BiasedPointwise it => input is { Height: 1, Width: 1 } ? new(OperatorKind.BiasedPointwise, input, it.Output.In(configuration), Activation: it.Activation) : throw NotOnePixel(it, input),
            Scaling it => inputs[1] == input with { Height = 1, Width = 1 } ? new(OperatorKind.Scaling, input, input.Channels) : throw Differ(it, inputs),
            MaxPooling it => new(OperatorKind.MaxPooling, input, input.Channels, it.Kernel, it.Stride, it.Padding),
            GlobalAveragePooling => new(OperatorKind.GlobalAveragePooling, input, input.Channels),
            Linear it => new(OperatorKind.Linear, input, it.Output.In(configuration)),
            _ => throw new ArgumentException($"layer '{layer.Name}' is of an unknown kind {layer.GetType().Name}", nameof(layer)),
        };
    }

    private static bool Same(Addition _, IReadOnlyList<TensorShape> inputs) => inputs.All(shape => shape == inputs[0]);

    private static ArgumentException NotOnePixel(BiasedPointwise layer, TensorShape input) =>
        new($"layer '{layer.Name}' reads {input}, expected a map of one pixel: pool before it");

    private static ArgumentException Differ(Scaling layer, IReadOnlyList<TensorShape> inputs) =>
        new($"layer '{layer.Name}' scales {inputs[0]} by {inputs[1]}; expected one factor for each channel: tie their groups");

    private static ArgumentException Differ(Addition layer, IReadOnlyList<TensorShape> inputs) =>
        new($"layer '{layer.Name}' adds {string.Join(" and ", inputs)}; both must be equal: tie their groups");
}
