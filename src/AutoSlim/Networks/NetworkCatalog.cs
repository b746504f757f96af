namespace AutoSlim.Networks;

/// <summary>The networks AutoSlim knows by name. To add one: a function from a specification to a definition, and a line here.</summary>
public static class NetworkCatalog
{
    /// <summary>Pixels on each side.</summary>
    public const int SmallestResolution = 8;

    private static readonly Dictionary<string, Func<NetworkSpecification, NetworkDefinition>> Networks = new()
    {
        [MobileNetV1.Name] = MobileNetV1.Create,
        [MobileNetV2.Name] = MobileNetV2.Create,
        [MnasNet.Name] = MnasNet.Create,
        [ResNet50.Name] = ResNet50.Create,
        [MobileNetV3.LargeName] = MobileNetV3.CreateLarge,
        [MobileNetV3.SmallName] = MobileNetV3.CreateSmall,
        [BasicResNet.Name18] = BasicResNet.Create18,
        [BasicResNet.Name34] = BasicResNet.Create34,
    };

    public static IReadOnlyCollection<string> Names => Networks.Keys;

    /// <exception cref="ArgumentException">Unknown network; the message lists the known ones.</exception>
    public static NetworkDefinition Create(NetworkSpecification specification)
    {
        if (!Networks.TryGetValue(specification.Network, out var create))
            throw new ArgumentException($"unknown network '{specification.Network}'; known: {string.Join(", ", Names)}");
        ArgumentOutOfRangeException.ThrowIfLessThan(specification.Resolution, SmallestResolution);
        ArgumentOutOfRangeException.ThrowIfLessThan(specification.InputChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(specification.Classes, 1);
        return create(specification);
    }
}
