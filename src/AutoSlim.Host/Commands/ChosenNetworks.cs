using AutoSlim.Host.Stages;
using AutoSlim.Networks;

namespace AutoSlim.Host.Commands;

/// <summary>The networks of a run that later verbs work on.</summary>
internal static class ChosenNetworks
{
    /// <exception cref="UsageException">There are none yet.</exception>
    public static IReadOnlyList<NetworkFolder> Of(RunFolder run) => run.Networks() is { Count: > 0 } networks
        ? networks
        : throw new UsageException($"'{run.Path}' holds no chosen network; choose some with: autoslim slim '{run.Path}' --target \"NAME: macs<=100M\"");

    /// <summary>Those of these names, in the run's order; all when there are none.</summary>
    /// <exception cref="UsageException">The run has none of such a name; every one.</exception>
    public static IReadOnlyList<NetworkFolder> Of(RunFolder run, IReadOnlyCollection<string> names)
    {
        var networks = Of(run);
        var known = networks.Select(network => network.Name).ToList();
        var unknown = names.Except(known).ToList();
        if (unknown.Count > 0)
            throw new UsageException([.. unknown.Select(name => $"'{run.Path}' holds no network '{name}'; choose among {string.Join(", ", known)}{NearestName.Hint(name, known)}")]);
        return names.Count == 0 ? networks : [.. networks.Where(network => names.Contains(network.Name))];
    }
}
