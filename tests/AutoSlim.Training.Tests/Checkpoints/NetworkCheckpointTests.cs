using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;
using AutoSlim.Training.Tests.Data;

namespace AutoSlim.Training.Tests.Checkpoints;

public sealed class NetworkCheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string FilePath => folder.PathOf("net.safetensors");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(OptimizerKind.Sgd, 0, 1)]
    [InlineData(OptimizerKind.Sgd, 0.99, 3)]
    [InlineData(OptimizerKind.AdamW, 0.99, 1)]
    [InlineData(OptimizerKind.RmsProp, 0, 2)]
    public void A_continued_training_is_bit_identical_with_an_unbroken_one(OptimizerKind kind, double averageDecay, int accumulate)
    {
        var options = TinyTraining.Options with { Optimizer = kind, AverageDecay = averageDecay, Accumulate = accumulate, LearningRate = 0.01 };
        using var unbroken = TinyTraining.Network();
        using var whole = Trainer(unbroken, options);
        Run(whole, 0, 1);
        using (var first = TinyTraining.Network())
        {
            using var trainer = Trainer(first, options);
            Run(trainer, 0);
            NetworkCheckpoint.Save(FilePath, first, 1, options, trainer.State);
        }

        using var second = TinyTraining.Network(seed: 99);
        using var resumed = Trainer(second, options);
        var checkpoint = NetworkCheckpoint.Load(FilePath);
        checkpoint.RequireSame(second.Definition.Specification, second.Widest, options);
        checkpoint.Restore(second, resumed.State);
        Run(resumed, checkpoint.EpochsDone);
        Assert.Equal(TinyTraining.Bits(unbroken), TinyTraining.Bits(second));
        whole.SwapAverages();
        resumed.SwapAverages();
        Assert.Equal(TinyTraining.Bits(unbroken), TinyTraining.Bits(second));
    }

    [Fact]
    public void A_half_trained_network_can_be_used_without_its_training_state()
    {
        var options = TinyTraining.Options with { Optimizer = OptimizerKind.AdamW, AverageDecay = 0.99 };
        using var network = TinyTraining.Network();
        using var trainer = Trainer(network, options);
        Run(trainer, 0);
        NetworkCheckpoint.Save(FilePath, network, 1, options, trainer.State);
        using var other = TinyTraining.Network(seed: 8);
        NetworkCheckpoint.Load(FilePath).Restore(other);
        Assert.Equal(TinyTraining.Bits(network), TinyTraining.Bits(other));
    }

    /// <summary>As files were before there were optimizers, schedules, averages and accumulation to choose.</summary>
    [Fact]
    public void Options_that_an_older_file_lacks_are_the_defaults()
    {
        using var network = TinyTraining.Network();
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options);
        var file = SafeTensorsFile.Read(FilePath);
        const string older = """{"epochs":2,"batchSize":50,"learningRate":0.1,"warmUpFraction":0.1,"momentum":0.9,"weightDecay":0.0001,"labelSmoothing":0.1,"maximumGradientNorm":10,"startResidualsAtZero":false,"augment":true,"seed":3}""";
        new SafeTensorsFile(file.Tensors, file.Metadata.ToDictionary(it => it.Key, it => it.Key == "options" ? older : it.Value)).Write(FilePath);
        var checkpoint = NetworkCheckpoint.Load(FilePath);
        Assert.Equal(TinyTraining.Options, checkpoint.Options);
        checkpoint.RequireSame(network.Definition.Specification, network.Widest, TinyTraining.Options);
    }

    [Fact]
    public void Without_its_momentum_a_continued_training_differs()
    {
        using var network = TinyTraining.Network();
        using (var trainer = Trainer(network)) Run(trainer, 0);
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options);
        using (var trainer = Trainer(network)) Run(trainer, 1);
        using var unbroken = TinyTraining.Network();
        using (var trainer = Trainer(unbroken)) Run(trainer, 0, 1);
        Assert.NotEqual(TinyTraining.Bits(unbroken), TinyTraining.Bits(network));
    }

    [Fact]
    public void What_was_saved_is_what_is_loaded()
    {
        using var network = new SlimmableNetwork(TinyTraining.Definition, TinyTraining.Definition.Narrowest, 4);
        using var statistics = BatchNormCalibration.Of(network, network.Widest, TinyTraining.Batches(40, 20));
        var options = TinyTraining.Options with { LearningRate = 0.1 + 0.2, Seed = ulong.MaxValue };
        NetworkCheckpoint.Save(FilePath, network, 7, options, statistics: statistics);
        var checkpoint = NetworkCheckpoint.Load(FilePath);
        Assert.Equal((7, options, network.Definition.Specification), (checkpoint.EpochsDone, checkpoint.Options, checkpoint.Specification));
        Assert.Equal(network.Widest, checkpoint.Configuration);
        using var read = checkpoint.ReadStatistics()!;
        Assert.Equal(statistics.Layers.Keys, read.Layers.Keys);
        Assert.All(read.Layers, it => Assert.Equal(TinyTraining.Elements(statistics.Layers[it.Key].Variance), TinyTraining.Elements(it.Value.Variance)));
        Assert.All(read.Layers, it => Assert.Equal(TinyTraining.Elements(statistics.Layers[it.Key].Mean), TinyTraining.Elements(it.Value.Mean)));
    }

    /// <summary>Other tools read the file too: values lie as rows of the logical shape although memory has channels innermost.</summary>
    [Fact]
    public void How_far_a_training_is_can_be_read_without_its_weights()
    {
        using var network = TinyTraining.Network();
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options);
        Assert.Equal(new(network.Widest, 1, 2), NetworkCheckpoint.Peek(FilePath));
        Assert.False(NetworkCheckpoint.Peek(FilePath).IsDone);
        NetworkCheckpoint.Save(FilePath, network, 2, TinyTraining.Options);
        Assert.True(NetworkCheckpoint.Peek(FilePath).IsDone);
        File.WriteAllBytes(FilePath, File.ReadAllBytes(FilePath)[..^1]);
        Assert.StartsWith($"'{FilePath}': has ", Assert.Throws<CheckpointException>(() => NetworkCheckpoint.Peek(FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_are_stored_in_logical_order_and_restored_into_the_layout_in_memory()
    {
        using var network = TinyTraining.Network();
        NetworkCheckpoint.Save(FilePath, network, 0, TinyTraining.Options);
        var weight = network.Weights["tail.weight"];
        var stored = SafeTensorsFile.Read(FilePath).Tensors["tail.weight"];
        Assert.Equal(weight.shape, stored.Shape);
        Assert.Equal(weight[3, 5, 0, 0].item<float>(), stored.AsFloats()[3 * (int)weight.shape[1] + 5]);
        using var other = TinyTraining.Network(seed: 8);
        var strides = other.Weights.Named.Values.Select(parameter => parameter.stride()).ToList();
        NetworkCheckpoint.Load(FilePath).Restore(other);
        Assert.Equal(strides, other.Weights.Named.Values.Select(parameter => parameter.stride()));
        Assert.Equal(TinyTraining.Bits(network), TinyTraining.Bits(other));
        Assert.All(other.Weights.Named.Values, parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes()
    {
        using var network = TinyTraining.Network();
        NetworkCheckpoint.Save(FilePath, network, 0, TinyTraining.Options);
        NetworkCheckpoint.Save(folder.PathOf("again"), network, 0, TinyTraining.Options);
        Assert.Equal(File.ReadAllBytes(FilePath), File.ReadAllBytes(folder.PathOf("again")));
    }

    [Fact]
    public void Every_tensor_that_does_not_fit_is_named_and_nothing_is_changed()
    {
        using var network = TinyTraining.Network();
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options);
        var file = SafeTensorsFile.Read(FilePath);
        var tensors = file.Tensors.ToDictionary();
        tensors.Remove("stem.gamma");
        tensors["stem.beta"] = StoredTensor.Of([1], [1f]);
        tensors["stranger"] = StoredTensor.Of([1], [1f]);
        new SafeTensorsFile(tensors, file.Metadata).Write(FilePath);
        using var other = TinyTraining.Network(seed: 8);
        var before = TinyTraining.Bits(other);
        var message = Assert.Throws<CheckpointException>(() => NetworkCheckpoint.Load(FilePath).Restore(other)).Message;
        Assert.Equal(
            [
                $"'{FilePath}' does not fit the network:",
                "tensor 'stem.gamma' is missing",
                "tensor 'stem.beta' is F32 of shape [1], expected F32 of shape [8]",
                "tensor 'stranger' is unexpected: the network has none of that name",
            ],
            message.Split(Environment.NewLine));
        Assert.Equal(before, TinyTraining.Bits(other));
    }

    [Fact]
    public void A_resumed_training_misses_its_momentum()
    {
        using var network = TinyTraining.Network();
        using var trainer = Trainer(network);
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options);
        var message = Assert.Throws<CheckpointException>(() => NetworkCheckpoint.Load(FilePath).Restore(network, trainer.State)).Message;
        Assert.Contains("tensor 'momentum.stem.weight' is missing", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_saved_before_its_first_step_has_no_momentum_to_restore()
    {
        using var network = TinyTraining.Network();
        using var trainer = Trainer(network);
        NetworkCheckpoint.Save(FilePath, network, 0, TinyTraining.Options, trainer.State);
        NetworkCheckpoint.Load(FilePath).Restore(network, trainer.State);
        Assert.Empty(trainer.State.Tensors);
    }

    [Fact]
    public void All_settings_that_differ_are_told_at_once()
    {
        using var network = TinyTraining.Network();
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options);
        var definition = NetworkCatalog.Create(TinyTraining.Definition.Specification with { Classes = 7 });
        using var other = new SlimmableNetwork(definition, definition.Widest.With("tail", 200), 3);
        var options = TinyTraining.Options with { Seed = 4, LearningRate = 0.2 };
        var message = Assert.Throws<CheckpointException>(() => NetworkCheckpoint.Load(FilePath).RequireSame(other.Definition.Specification, other.Widest, options)).Message;
        Assert.Equal(
            [
                $"'{FilePath}' is of another training; go on with its settings, or delete it to start anew:",
                "specification 'classes' is 10 in the checkpoint, 7 was asked for",
                "configuration 'tail' is 320 in the checkpoint, 200 was asked for",
                "options 'learningRate' is 0.1 in the checkpoint, 0.2 was asked for",
                "options 'seed' is 3 in the checkpoint, 4 was asked for",
            ],
            message.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("specification", "{", "metadata 'specification' is damaged")]
    [InlineData("specification", "null", "metadata 'specification' is null")]
    [InlineData("specification", """{"network":"lenet","layout":"cifar","resolution":16}""", "unknown network 'lenet'")]
    [InlineData("configuration", """{"stem":8}""", "group 'stage1' of mobilenet_v2 is missing")]
    [InlineData("options", """{"epoch":8}""", "metadata 'options' is damaged")]
    [InlineData("options", """{"epochs":0}""", "epochs is 0, expected 1 to 100000")]
    [InlineData("epochsDone", "x", "metadata 'epochsDone' is damaged")]
    [InlineData("epochsDone", "-1", "epochs done is -1, expected 0 or more")]
    public void Damaged_settings_are_refused(string key, string value, string expected)
    {
        using var network = TinyTraining.Network();
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options);
        var file = SafeTensorsFile.Read(FilePath);
        new SafeTensorsFile(file.Tensors, file.Metadata.ToDictionary().Append(new("extra", "")).ToDictionary(it => it.Key, it => it.Key == key ? value : it.Value)).Write(FilePath);
        var message = Assert.Throws<CheckpointException>(() => NetworkCheckpoint.Load(FilePath)).Message;
        Assert.StartsWith($"'{FilePath}': ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_other_tensors_is_no_checkpoint()
    {
        new SafeTensorsFile(new Dictionary<string, StoredTensor>(), new Dictionary<string, string>()).Write(FilePath);
        var message = Assert.Throws<CheckpointException>(() => NetworkCheckpoint.Load(FilePath)).Message;
        Assert.Equal(4, message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void Statistics_of_another_width_are_refused()
    {
        using var network = TinyTraining.Network();
        using var statistics = BatchNormCalibration.Of(network, network.Definition.Narrowest, TinyTraining.Batches(40, 20));
        var message = Assert.Throws<ArgumentException>(() => NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options, statistics: statistics)).Message;
        Assert.Contains("layer 'tail' has 192 channels, expected 320", message, StringComparison.Ordinal);
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void Without_statistics_there_are_none()
    {
        using var network = TinyTraining.Network();
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options);
        Assert.Null(NetworkCheckpoint.Load(FilePath).ReadStatistics());
    }

    private static Trainer Trainer(SlimmableNetwork network, TrainingOptions? options = null) =>
        new(network, WidthSampler.Sandwich(network.Definition), TinyTraining.Images(200), TinyTraining.Normalization, options ?? TinyTraining.Options);

    private static void Run(Trainer trainer, params int[] epochs)
    {
        foreach (var epoch in epochs) trainer.RunEpoch(epoch, _ => { }, TestContext.Current.CancellationToken);
    }
}
