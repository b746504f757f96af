namespace AutoSlim.Networks;

/// <summary>The shape of one image's activation: channels, height, width (no batch dimension).</summary>
public readonly record struct TensorShape(int Channels, int Height, int Width)
{
    public long Elements => (long)Channels * Height * Width;

    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
