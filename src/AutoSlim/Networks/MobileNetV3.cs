using static AutoSlim.Networks.Activation;

namespace AutoSlim.Networks;

/// <summary>MobileNet v3 (Howard et al. 2019, tables 1 and 2): large and small; searched up to 1.5x.</summary>
public static class MobileNetV3
{
    public const string LargeName = "mobilenet_v3_large";

    public const string SmallName = "mobilenet_v3_small";

    public const double DefaultMaximumWidth = 1.5;

    private static readonly ExcitedResidualNetwork Large = new(
        [
            new(3, 16, 16, false, Relu, 1),
            new(3, 64, 24, false, Relu, 2),
            new(3, 72, 24, false, Relu, 1),
            new(5, 72, 40, true, Relu, 2),
            new(5, 120, 40, true, Relu, 1),
            new(5, 120, 40, true, Relu, 1),
            new(3, 240, 80, false, HardSwish, 2),
            new(3, 200, 80, false, HardSwish, 1),
            new(3, 184, 80, false, HardSwish, 1),
            new(3, 184, 80, false, HardSwish, 1),
            new(3, 480, 112, true, HardSwish, 1),
            new(3, 672, 112, true, HardSwish, 1),
            new(5, 672, 160, true, HardSwish, 2),
            new(5, 960, 160, true, HardSwish, 1),
            new(5, 960, 160, true, HardSwish, 1),
        ],
        TailChannels: 960,
        HiddenChannels: 1280);

    private static readonly ExcitedResidualNetwork Small = new(
        [
            new(3, 16, 16, true, Relu, 2),
            new(3, 72, 24, false, Relu, 2),
            new(3, 88, 24, false, Relu, 1),
            new(5, 96, 40, true, HardSwish, 2),
            new(5, 240, 40, true, HardSwish, 1),
            new(5, 240, 40, true, HardSwish, 1),
            new(5, 120, 48, true, HardSwish, 1),
            new(5, 144, 48, true, HardSwish, 1),
            new(5, 288, 96, true, HardSwish, 2),
            new(5, 576, 96, true, HardSwish, 1),
            new(5, 576, 96, true, HardSwish, 1),
        ],
        TailChannels: 576,
        HiddenChannels: 1024);

    public static NetworkDefinition CreateLarge(NetworkSpecification specification) => Large.Create(specification, DefaultMaximumWidth);

    public static NetworkDefinition CreateSmall(NetworkSpecification specification) => Small.Create(specification, DefaultMaximumWidth);
}
