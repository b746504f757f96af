using AutoSlim.Host.Commands;
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
    public static RunView Read(RunFolder run)
    {
        var problems = new List<string>();
        var settings = Try(run.Settings);
        var definition = settings is null ? null : Try(() => NetworkCatalog.Create(settings.Network));
        var steps = Try(new SlimmingTrace(run.TracePath).Peek) ?? [];
        var networks = run.Networks().Select(Network).OrderBy(network => network.IsUniform).ToList();
        return new(settings, definition, steps, networks, problems);

        NetworkView Network(NetworkFolder folder) => new(
            folder.Name,
            definition is null ? null : Try(() => folder.Channels(definition)),
            File.Exists(folder.VerificationPath) ? Try(() => Verification.Read(folder.VerificationPath)) : null,
            File.Exists(folder.WeightsPath),
            File.Exists(folder.OnnxPath) ? new FileInfo(folder.OnnxPath).Length : null);

        T? Try<T>(Func<T> read)
            where T : class
        {
            try
            {
                return read();
            }
            catch (Exception error) when (error is InvalidDataException or InvalidChannelsException or UsageException or ArgumentException or IOException or UnauthorizedAccessException)
            {
                problems.Add(error.Message);
                return null;
            }
        }
    }
}
