using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Slimming;

namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>What a run has come to so far.</summary>
/// <param name="Settings">Null where they cannot be read.</param>
/// <param name="Definition">Of its network; null likewise.</param>
/// <param name="Steps">Of its search, so far.</param>
/// <param name="Networks">Targets first, then the uniform networks that they are compared with.</param>
/// <param name="Problems">Files that cannot be read, each with the reason.</param>
internal sealed record RunView(
    RunSettings? Settings, NetworkDefinition? Definition, IReadOnlyList<SlimmingStep> Steps, IReadOnlyList<NetworkView> Networks, IReadOnlyList<string> Problems)
{
    public static RunView Read(RunFolder run, NetworkReader networks)
    {
        var reading = new Readings();
        var settings = reading.Try(run.Settings);
        var definition = settings is null ? null : reading.Try(() => NetworkCatalog.Create(settings.Network));
        var steps = reading.Try(new SlimmingTrace(run.TracePath).Peek) ?? [];
        var views = run.Networks().Select(folder => definition is null ? new(folder.Name, null) : networks.Read(folder, definition, reading.Problems));
        return new(settings, definition, steps, [.. views.OrderBy(network => network.IsUniform)], reading.Problems);
    }
}
