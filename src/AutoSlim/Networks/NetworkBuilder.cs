namespace AutoSlim.Networks;

/// <summary>Collects layers in execution order; every method returns the name of the layer it added, for the next one to read.</summary>
internal sealed class NetworkBuilder
{
    private readonly List<Layer> layers = [];

    public IReadOnlyList<Layer> Layers => layers;

    public string Convolution(string name, string input, string group, int kernel, int stride, Activation activation) =>
        Add(new Convolution(name, input, ChannelCount.Of(group), kernel, stride, activation));

    public string Depthwise(string name, string input, int kernel, int stride, Activation activation) =>
        Add(new DepthwiseConvolution(name, input, kernel, stride, activation));

    public string Addition(string name, string left, string right, Activation activation) => Add(new Addition(name, left, right, activation));

    /// <summary>Squeeze and excitation: pooled, two pointwise layers, and every channel scaled by what comes out.</summary>
    public string SqueezeExcitation(string name, string input, string squeezeGroup, string group)
    {
        var last = Add(new GlobalAveragePooling($"{name}.pool", input));
        last = Add(new BiasedPointwise($"{name}.squeeze", last, ChannelCount.Of(squeezeGroup), Activation.Relu));
        last = Add(new BiasedPointwise($"{name}.excite", last, ChannelCount.Of(group), Activation.HardSigmoid));
        return Add(new Scaling($"{name}.scale", input, last));
    }

    public string MaxPooling(string name, string input, int kernel, int stride) => Add(new MaxPooling(name, input, kernel, stride));

    /// <summary>Global average pooling, then the fully connected layer: the end of every classifier here.</summary>
    public string Classifier(string input, int classes) =>
        Add(new Linear("classifier", Add(new GlobalAveragePooling("pool", input)), ChannelCount.Fixed(classes)));

    /// <summary>A classifier with a hidden layer.</summary>
    public string Classifier(string input, string hiddenGroup, int classes) => Add(new Linear(
        "classifier", Add(new BiasedPointwise("hidden", Add(new GlobalAveragePooling("pool", input)), ChannelCount.Of(hiddenGroup), Activation.HardSwish)), ChannelCount.Fixed(classes)));

    private string Add(Layer layer)
    {
        layers.Add(layer);
        return layer.Name;
    }
}
