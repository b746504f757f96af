namespace AutoSlim.Networks;

/// <summary>A layer at one channel configuration, with its concrete shapes.</summary>
public sealed record ResolvedLayer(Layer Layer, LayerSignature Signature)
{
    public string Name => Layer.Name;

    public TensorShape Output => Signature.Output;
}
