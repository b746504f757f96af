using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Tests.Stages;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Dashboard;

/// <summary>A work folder as jobs leave it: a cost table of device <c>pixel</c>, and the run <c>night/phone</c> with one target and its uniform partner.</summary>
internal static class ExampleWork
{
    public const string Run = "night/phone";

    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 16, Classes: 10, MaximumWidth: 0.5));

    private static readonly RunSettings Settings = new() { Network = Network.Specification, Supernet = new(), Threads = 1 };

    public static void Write(string work)
    {
        CostTableFile.Write(CostTableFile.PathFor(Path.Combine(work, "profiles"), "pixel", InventedAgent.Description), InventedTable.Of(Network, InventedAgent.Description));
        var run = new RunFolder(Path.Combine(work, Run));
        Directory.CreateDirectory(run.Path);
        Settings.Write(run.SettingsPath);
        var narrow = Trace(run);
        WriteNetwork(run.Network("small"), narrow, new(4.1, 4.2, 0.71, 0.71, 1e-5, 0.01));
        WriteNetwork(run.Network("uniform-0.50"), Network.Uniform(0.5), new(4.3, 4.4, 0.68, 0.68, 1e-5, 0.01));
    }

    /// <returns>The last step's network.</returns>
    private static ChannelConfiguration Trace(RunFolder run)
    {
        var trace = new SlimmingTrace(run.TracePath);
        var configuration = Network.Widest;
        foreach (var (step, group) in Network.Groups.Index())
        {
            trace.Append(new(step, configuration, new Dictionary<string, double> { ["latency@pixel"] = 9 - (step / 3.0) }, new Dictionary<string, double> { ["loss"] = 1 + (step * step / 100.0) }, step == 0 ? "" : group.Name, []));
            configuration = configuration.Shrink(group) ?? configuration;
        }

        return trace.Read()[^1].Configuration;
    }

    private static void WriteNetwork(NetworkFolder folder, ChannelConfiguration channels, Verification verification)
    {
        Directory.CreateDirectory(folder.Path);
        ChannelFile.Of(Network, channels).Write(folder.ChannelsPath);
        RandomNetwork.Write(folder, Network, channels);
        ExportStage.Run(Settings, folder);
        (verification with { Device = "pixel", Weights = ExportStage.HashOfWeights(folder) }).Write(folder.VerificationPath);
    }
}
