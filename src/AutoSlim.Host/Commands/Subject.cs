using AutoSlim.Networks;

namespace AutoSlim.Host.Commands;

/// <summary>A network at one configuration: what <c>describe</c> counts.</summary>
internal sealed record Subject(NetworkDefinition Definition, ChannelConfiguration Configuration);
