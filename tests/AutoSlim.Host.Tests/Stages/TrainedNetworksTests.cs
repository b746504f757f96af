using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Tests.Common;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Tests.Stages;

public sealed class TrainedNetworksTests : IDisposable
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 16, MaximumWidth: 0.25));

    private readonly TemporaryFolder folder = new();
    private readonly RunFolder run;

    public TrainedNetworksTests()
    {
        run = new(folder.Path);
        foreach (var name in new[] { "trained", "half", "missing", "again" })
            ChannelFile.Of(Network, Network.Widest).Write(run.Network(name).ChannelsPath);
        Save("trained", epochs: 2, Network.Widest);
        Save("half", epochs: 1, Network.Widest);
        Save("again", epochs: 2, Network.Narrowest);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Networks_that_are_trained_as_they_were_chosen_pass() => TrainedNetworks.Require(run, Network, [run.Network("trained")]);

    [Fact]
    public void All_that_are_not_are_told_at_once_with_what_to_do()
    {
        var problems = Assert.Throws<UsageException>(() => TrainedNetworks.Require(run, Network, run.Networks())).Problems;
        Assert.Equal(3, problems.Count);
        Assert.Contains($"'{run.Network("again").WeightsPath}' has other channels than '{run.Network("again").ChannelsPath}'", problems[0], StringComparison.Ordinal);
        Assert.Contains("is half trained (1 of 2 epochs)", problems[1], StringComparison.Ordinal);
        Assert.Contains("is missing", problems[2], StringComparison.Ordinal);
        Assert.All(problems, problem => Assert.EndsWith($"autoslim retrain '{run.Path}'", problem, StringComparison.Ordinal));
    }

    private void Save(string name, int epochs, ChannelConfiguration channels)
    {
        using var network = new SlimmableNetwork(Network, channels, seed: 1);
        NetworkCheckpoint.Save(run.Network(name).WeightsPath, network, epochs, new() { Epochs = 2 });
    }
}
