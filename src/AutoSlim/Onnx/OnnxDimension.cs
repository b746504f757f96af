namespace AutoSlim.Onnx;

/// <summary>One dimension of a model's input or output: a size, or a name for a size that the caller chooses.</summary>
internal readonly record struct OnnxDimension(long Size, string? Symbol)
{
    public static OnnxDimension Named(string symbol) => new(0, symbol);

    public static implicit operator OnnxDimension(int size) => new(size, null);
}
