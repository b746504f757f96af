using MessagePack;
using MessagePack.Resolvers;

namespace AutoSlim.Profiling;

/// <summary>How messages become bytes, on both ends: attributed types only, and every byte is taken for hostile.</summary>
public static class WireFormat
{
    public static MessagePackSerializerOptions Options { get; } = MessagePackSerializerOptions.Standard
        .WithResolver(StandardResolver.Instance)
        .WithSecurity(MessagePackSecurity.UntrustedData);
}
