using AutoSlim.Networks;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Supernets;

public sealed class SwitchableNetworkTests : IDisposable
{
    private readonly SlimmableNetwork network = JointTraining.Network();

    public void Dispose() => network.Dispose();

    [Fact]
    public void Kernels_are_shared_at_the_widths_that_hold_all_and_every_switch_has_its_own_batch_norm()
    {
        Assert.Equal(TinyTraining.Definition.Widest, network.Widest);
        var names = network.Weights.Named.Keys.ToList();
        using var plain = TinyTraining.Network();
        Assert.Equal(plain.Weights.Named.Keys.Where(IsShared), names.Where(IsShared));
        Assert.Equal(plain.Weights.Named.Keys.Where(name => !IsShared(name)).SelectMany(name => new[] { $"switch.large.{name}", $"switch.small.{name}" }).Order(), names.Where(name => !IsShared(name)).Order());
        Assert.Equal([JointTraining.Large["tail"]], network.Weights["switch.large.tail.gamma"].shape);
        Assert.Equal([JointTraining.Small["tail"]], network.Weights["switch.small.tail.gamma"].shape);
        Assert.Equal(TinyTraining.Elements(plain.Weights["tail.weight"]), TinyTraining.Elements(network.Weights["tail.weight"]));
    }

    [Theory]
    [InlineData("large")]
    [InlineData("small")]
    public void A_switch_cut_out_gives_the_same_logits(string name)
    {
        Randomise(network);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var images = TinyTraining.Noise(20, 1, 16, 16);
        var configuration = JointTraining.Switches[name];
        using var cut = network.Cut(configuration);
        Assert.Empty(cut.Switches);
        Assert.Equal(
            TinyTraining.Elements(network.Forward(images, configuration, BatchNorm.OfBatch)),
            TinyTraining.Elements(cut.Forward(images, configuration, BatchNorm.OfBatch)));
    }

    [Fact]
    public void It_runs_at_no_other_configuration()
    {
        using var images = TinyTraining.Noise(4, 1, 16, 16);
        var message = Assert.Throws<ArgumentException>(() => network.Forward(images, network.Definition.Narrowest, BatchNorm.OfBatch)).Message;
        Assert.StartsWith("the network runs at large, small only, not at stem=", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_switch_or_with_the_same_one_twice_there_is_none()
    {
        var definition = TinyTraining.Definition;
        Assert.Throws<ArgumentException>(() => SlimmableNetwork.Switchable(definition, new Dictionary<string, ChannelConfiguration>(), 1));
        Dictionary<string, ChannelConfiguration> twice = new() { ["a"] = definition.Widest, ["b"] = definition.Widest };
        Assert.Contains("two of a, b are the same", Assert.Throws<ArgumentException>(() => SlimmableNetwork.Switchable(definition, twice, 1)).Message, StringComparison.Ordinal);
    }

    /// <summary>From the supernet: kernels, biases, gammas and betas alike.</summary>
    [Theory]
    [InlineData("large")]
    [InlineData("small")]
    public void Started_from_a_wider_network_every_switch_gives_the_logits_of_its_slice(string name)
    {
        using var supernet = new SlimmableNetwork(TinyTraining.Definition, TinyTraining.Definition.Widest, 8);
        Randomise(supernet);
        network.StartFrom(supernet);
        using var alone = new SlimmableNetwork(TinyTraining.Definition, JointTraining.Switches[name], 9);
        alone.StartFrom(supernet);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var images = TinyTraining.Noise(20, 1, 16, 16);
        var configuration = JointTraining.Switches[name];
        var expected = TinyTraining.Elements(supernet.Forward(images, configuration, BatchNorm.OfBatch));
        Assert.Equal(expected, TinyTraining.Elements(network.Forward(images, configuration, BatchNorm.OfBatch)));
        Assert.All(expected.Zip(TinyTraining.Elements(alone.Forward(images, configuration, BatchNorm.OfBatch))), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.All(alone.Weights.Named.Values, parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Starting_leaves_no_tensor_behind()
    {
        using var other = TinyTraining.Network();
        var before = LiveTensors.Count();
        network.StartFrom(other);
        network.StartResidualsAtZero();
        Assert.Equal(before, LiveTensors.Count());
    }

    /// <summary>Torch goes on counting the value that a parameter was made of, so a network that comes and goes is the measure.</summary>
    [Fact]
    public void Cutting_leaves_behind_what_a_new_network_does()
    {
        var before = LiveTensors.Count();
        using (new SlimmableNetwork(network.Definition, JointTraining.Small, 1)) { }
        var ofNew = LiveTensors.Count() - before;
        using (network.Cut(JointTraining.Small)) { }
        Assert.Equal(before + 2 * ofNew, LiveTensors.Count());
    }

    [Fact]
    public void Residuals_start_at_zero_in_every_switch()
    {
        network.StartResidualsAtZero();
        Assert.All(["switch.large.block2.project.gamma", "switch.small.block2.project.gamma"], name => Assert.All(TinyTraining.Elements(network.Weights[name]), value => Assert.Equal(0, value)));
        Assert.All(TinyTraining.Elements(network.Weights["switch.small.stem.gamma"]), value => Assert.Equal(1, value));
    }

    private static bool IsShared(string name) => !name.EndsWith(".gamma", StringComparison.Ordinal) && !name.EndsWith(".beta", StringComparison.Ordinal);

    private static void Randomise(SlimmableNetwork network)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using Generator generator = new(4);
        foreach (var (name, parameter) in network.Weights.Named.Where(pair => !IsShared(pair.Key))) parameter.add_(randn(parameter.shape, generator: generator));
    }
}
