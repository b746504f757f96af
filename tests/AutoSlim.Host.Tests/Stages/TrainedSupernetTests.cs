using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Tests.Common;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Tests.Stages;

public sealed class TrainedSupernetTests
{
    [Theory]
    [InlineData(1, "is half trained (1 of 2 epochs); go on with: autoslim train")]
    [InlineData(2, null)]
    public void A_half_trained_supernet_is_refused(int epochs, string? problem)
    {
        using var folder = new TemporaryFolder();
        var run = new RunFolder(folder.Path);
        var definition = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 16, MaximumWidth: 0.25));
        using var network = new SlimmableNetwork(definition, definition.Widest, seed: 1);
        NetworkCheckpoint.Save(run.SupernetPath, network, epochs, new() { Epochs = 2 });
        if (problem is null) Assert.Equal(2, TrainedSupernet.Load(run).EpochsDone);
        else Assert.Contains(problem, Assert.Throws<CommandFailedException>(() => TrainedSupernet.Load(run)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_supernet_is_told_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("train it with: autoslim train", Assert.Throws<CommandFailedException>(() => TrainedSupernet.Load(new(folder.Path))).Message, StringComparison.Ordinal);
    }
}
