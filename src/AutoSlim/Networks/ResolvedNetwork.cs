namespace AutoSlim.Networks;

/// <summary>A network at one channel configuration: concrete layers in execution order. What every cost model prices.</summary>
public sealed record ResolvedNetwork(NetworkDefinition Definition, ChannelConfiguration Configuration, IReadOnlyList<ResolvedLayer> Layers)
{
    public TensorShape Input => Definition.Input;

    public IEnumerable<LayerSignature> Signatures => Layers.Select(layer => layer.Signature);
}
