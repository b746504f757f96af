namespace AutoSlim.Networks;

/// <summary>Everything that decides a <see cref="NetworkDefinition"/>; what a checkpoint and a channels.json carry.</summary>
/// <param name="Network">A name of <see cref="NetworkCatalog"/>.</param>
/// <param name="Layout">Where the resolution is halved.</param>
/// <param name="Resolution">Pixels on each side of the image.</param>
/// <param name="InputChannels">1 for grey, 3 for colour.</param>
/// <param name="Classes">Outputs of the classifier.</param>
/// <param name="MaximumWidth">Width multiplier of the widest network, or null for the network's own default.</param>
public sealed record NetworkSpecification(
    string Network, StrideLayout Layout, int Resolution, int InputChannels = 3, int Classes = 1000, double? MaximumWidth = null);
