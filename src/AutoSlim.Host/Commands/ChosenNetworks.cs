using AutoSlim.Host.Stages;

namespace AutoSlim.Host.Commands;

/// <summary>The networks of a run that later verbs work on.</summary>
internal static class ChosenNetworks
{
    /// <exception cref="UsageException">There are none yet.</exception>
    public static IReadOnlyList<NetworkFolder> Of(RunFolder run) => run.Networks() is { Count: > 0 } networks
        ? networks
        : throw new UsageException($"'{run.Path}' holds no chosen network; choose some with: autoslim slim '{run.Path}' --target \"NAME: macs<=100M\"");
}
