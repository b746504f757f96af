namespace AutoSlim.Networks;

/// <summary>MnasNet-B1 (Tan et al. 2019): inverted residual blocks without squeeze-excite; searched up to 1.5x.</summary>
public static class MnasNet
{
    public const string Name = "mnasnet";

    public const double DefaultMaximumWidth = 1.5;

    private static readonly InvertedResidualNetwork Network = new(
        [
            new(Expansion: 1, Channels: 16, Blocks: 1, Stride: 1, Kernel: 3),
            new(Expansion: 3, Channels: 24, Blocks: 3, Stride: 2, Kernel: 3),
            new(Expansion: 3, Channels: 40, Blocks: 3, Stride: 2, Kernel: 5),
            new(Expansion: 6, Channels: 80, Blocks: 3, Stride: 2, Kernel: 5),
            new(Expansion: 6, Channels: 96, Blocks: 2, Stride: 1, Kernel: 3),
            new(Expansion: 6, Channels: 192, Blocks: 4, Stride: 2, Kernel: 5),
            new(Expansion: 6, Channels: 320, Blocks: 1, Stride: 1, Kernel: 3),
        ],
        Activation.Relu);

    public static NetworkDefinition Create(NetworkSpecification specification) => Network.Create(specification, DefaultMaximumWidth);
}
