using AutoSlim.Networks;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Supernets;

public sealed class SlimmableNetworkTests
{
    private static readonly string StateFolder = Path.Combine(AppContext.BaseDirectory, "Supernets");

    public static TheoryData<string> Networks => [.. NetworkCatalog.Names];

    public static MatrixTheoryData<string, StrideLayout> NetworksAndLayouts => new(NetworkCatalog.Names, [StrideLayout.Imagenet, StrideLayout.Cifar]);

    [Theory]
    [MemberData(nameof(NetworksAndLayouts))]
    public void Logits_are_images_times_classes_at_every_width(string name, StrideLayout layout)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var definition = NetworkCatalog.Create(new(name, layout, 16, InputChannels: 2, Classes: 7, MaximumWidth: 0.3));
        using var network = new SlimmableNetwork(definition, definition.Widest, 1);
        var images = TinyTraining.Noise(3, 2, 16, 16);
        Assert.All([definition.Widest, definition.Narrowest, RandomMember(definition)], configuration =>
        {
            var logits = network.Forward(images, configuration, BatchNorm.OfBatch);
            Assert.Equal([3, 7], logits.shape);
            Assert.True(logits.isfinite().all().item<bool>());
        });
    }

    /// <summary>Batches of large images would not fit otherwise.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void A_pass_without_a_gradient_frees_what_nobody_reads_any_more(string name)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 64, InputChannels: 2, Classes: 7, MaximumWidth: 0.3));
        using var network = new SlimmableNetwork(definition, definition.Widest, 1);
        var images = TinyTraining.Noise(3, 2, 64, 64);
        var before = LiveTensors.Elements(scope, network.Weights);
        network.Forward(images, definition.Widest, BatchNorm.OfBatch);
        var outputs = definition.Resolve(definition.Widest).Layers.Sum(layer => layer.Output.Elements) * 3;
        Assert.InRange(LiveTensors.Elements(scope, network.Weights) - before, 1, outputs / 3);
    }

    /// <summary>Paper section 3.1: a narrow network is the first channels of the wide one, and nothing else.
    /// 64 images, for the last maps are of one value each: normalised over 8 of them, rounding at times grows past the bound.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void A_narrow_configuration_equals_a_dense_network_of_the_sliced_weights(string name)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 16, Classes: 7, MaximumWidth: 0.3));
        var narrow = RandomMember(definition);
        using var wide = new SlimmableNetwork(definition, definition.Widest, 1);
        using var dense = new SlimmableNetwork(definition, narrow, 2);
        foreach (var (weight, parameter) in dense.Weights.Named) parameter.copy_(Slice(wide.Weights[weight], parameter.shape));
        var images = TinyTraining.Noise(64, 3, 16, 16);
        var expected = dense.Forward(images, narrow, BatchNorm.OfBatch);
        var actual = wide.Forward(images, narrow, BatchNorm.OfBatch);
        var difference = (expected - actual).abs().max().item<float>();
        Assert.True(difference < 1e-5, $"{name}: logits differ by {difference}");
        Assert.NotEqual(definition.Widest, narrow);
    }

    /// <summary>Checkpoints are read by these names: a change breaks every file there is. A new network: copy what is written beside the tests' program.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void Names_and_shapes_of_the_weights_do_not_change(string name)
    {
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 32, MaximumWidth: 1));
        using var network = new SlimmableNetwork(definition, definition.Widest, 1);
        List<string> lines = [.. network.Weights.Named.Select(pair => $"{pair.Key} {string.Join("x", pair.Value.shape)}")];
        File.WriteAllLines(Path.Combine(StateFolder, $"{name}.new.txt"), lines);
        Assert.Equal(File.ReadAllLines(Path.Combine(StateFolder, $"{name}.txt")), lines);
    }

    [Fact]
    public void The_seed_decides_the_weights()
    {
        using var first = TinyTraining.Network();
        using var same = TinyTraining.Network();
        using var other = TinyTraining.Network(seed: 4);
        Assert.Equal(TinyTraining.Bits(first), TinyTraining.Bits(same));
        Assert.NotEqual(TinyTraining.Bits(first), TinyTraining.Bits(other));
    }

    [Fact]
    public void Gradients_of_a_narrow_configuration_fall_on_the_first_channels_only()
    {
        using var scope = NewDisposeScope();
        using var network = TinyTraining.Network();
        network.Forward(TinyTraining.Noise(4, 1, 16, 16), network.Definition.Narrowest, BatchNorm.OfBatch).square().sum().backward();
        var gradient = network.Weights["classifier.weight"].grad!;
        Assert.Equal(192 * 10, gradient.narrow(1, 0, 192).count_nonzero().item<long>());
        Assert.Equal(0, gradient.narrow(1, 192, 128).count_nonzero().item<long>());
    }

    private static ChannelConfiguration RandomMember(NetworkDefinition definition)
    {
        var random = new SplitMix64(11);
        return new(definition.Groups.Select(group => KeyValuePair.Create(group.Name, group.Minimum + random.Below(group.Maximum - group.Minimum + 1))));
    }

    private static Tensor Slice(Tensor tensor, long[] shape)
    {
        foreach (var (dimension, size) in shape.Index()) tensor = tensor.narrow(dimension, 0, size);
        return tensor;
    }
}
