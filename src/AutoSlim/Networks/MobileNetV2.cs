namespace AutoSlim.Networks;

/// <summary>MobileNet v2 (Sandler et al. 2018): 17 inverted residual blocks in seven stages; searched up to 1.5x.</summary>
public static class MobileNetV2
{
    public const string Name = "mobilenet_v2";

    public const double DefaultMaximumWidth = 1.5;

    private static readonly InvertedResidualNetwork Network = new(
        [
            new(Expansion: 1, Channels: 16, Blocks: 1, Stride: 1, Kernel: 3),
            new(Expansion: 6, Channels: 24, Blocks: 2, Stride: 2, Kernel: 3),
            new(Expansion: 6, Channels: 32, Blocks: 3, Stride: 2, Kernel: 3),
            new(Expansion: 6, Channels: 64, Blocks: 4, Stride: 2, Kernel: 3),
            new(Expansion: 6, Channels: 96, Blocks: 3, Stride: 1, Kernel: 3),
            new(Expansion: 6, Channels: 160, Blocks: 3, Stride: 2, Kernel: 3),
            new(Expansion: 6, Channels: 320, Blocks: 1, Stride: 1, Kernel: 3),
        ],
        Activation.Relu6);

    public static NetworkDefinition Create(NetworkSpecification specification) => Network.Create(specification, DefaultMaximumWidth);
}
