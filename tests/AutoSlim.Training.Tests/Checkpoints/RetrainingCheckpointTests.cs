using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;
using AutoSlim.Training.Tests.Data;

namespace AutoSlim.Training.Tests.Checkpoints;

public sealed class RetrainingCheckpointTests : IDisposable
{
    private static readonly RetrainingOptions Jointly = new() { Joint = true, Distil = Distillation.Supernet, DistilWeight = 0.25, Supernet = "5a" };

    private readonly TemporaryFolder folder = new();

    private string FilePath => folder.PathOf("joint.safetensors");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_continued_joint_training_is_bit_identical_with_an_unbroken_one()
    {
        using var unbroken = JointTraining.Network();
        using (var trainer = JointTraining.Trainer(unbroken, Lesson.Labels)) JointTraining.Run(trainer, 0, 1);
        using (var first = JointTraining.Network())
        {
            using var trainer = JointTraining.Trainer(first, Lesson.Labels);
            JointTraining.Run(trainer, 0);
            NetworkCheckpoint.Save(FilePath, first, 1, TinyTraining.Options, trainer.State, retraining: Jointly);
        }

        var checkpoint = NetworkCheckpoint.Load(FilePath);
        using var second = SlimmableNetwork.Switchable(TinyTraining.Definition, checkpoint.Switches, seed: 99);
        checkpoint.RequireSame(second.Definition.Specification, second.Widest, TinyTraining.Options, Jointly, JointTraining.Switches);
        using var resumed = JointTraining.Trainer(second, Lesson.Labels);
        checkpoint.Restore(second, resumed.State);
        JointTraining.Run(resumed, checkpoint.EpochsDone);
        Assert.Equal(TinyTraining.Bits(unbroken), TinyTraining.Bits(second));
    }

    [Fact]
    public void What_was_saved_is_what_is_loaded()
    {
        using var network = JointTraining.Network();
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options, retraining: Jointly);
        var checkpoint = NetworkCheckpoint.Load(FilePath);
        Assert.Equal(Jointly, checkpoint.Retraining);
        Assert.Equal(JointTraining.Switches, checkpoint.Switches);
    }

    [Fact]
    public void All_settings_that_differ_are_told_at_once()
    {
        using var network = JointTraining.Network();
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options, retraining: Jointly);
        var wanted = Jointly with { From = WeightOrigin.Supernet, DistilWeight = 0.5, Supernet = "6b" };
        var switches = new Dictionary<string, ChannelConfiguration> { ["large"] = JointTraining.Large };
        var message = Assert.Throws<CheckpointException>(() =>
            NetworkCheckpoint.Load(FilePath).RequireSame(network.Definition.Specification, network.Widest, TinyTraining.Options, wanted, switches)).Message;
        var lines = message.Split(Environment.NewLine);
        Assert.Equal(
            [
                $"'{FilePath}' is of another training; go on with its settings, or delete it to start anew:",
                "retraining 'from' is \"scratch\" in the checkpoint, \"supernet\" was asked for",
                "retraining 'distilWeight' is 0.25 in the checkpoint, 0.5 was asked for",
                "retraining 'supernet' is \"5a\" in the checkpoint, \"6b\" was asked for",
            ],
            lines[..4]);
        Assert.StartsWith("switches 'small' is {\"stem\":", Assert.Single(lines[4..]), StringComparison.Ordinal);
    }

    /// <summary>Files of before these settings, and of trainings that use none, have no word of them.</summary>
    [Fact]
    public void The_usual_training_writes_nothing_of_it_and_a_file_without_is_usual()
    {
        using var network = TinyTraining.Network();
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options);
        Assert.Equal(["configuration", "epochsDone", "options", "specification"], SafeTensorsFile.Read(FilePath).Metadata.Keys.Order());
        var checkpoint = NetworkCheckpoint.Load(FilePath);
        Assert.Equal(new RetrainingOptions(), checkpoint.Retraining);
        Assert.Empty(checkpoint.Switches);
        checkpoint.RequireSame(network.Definition.Specification, network.Widest, TinyTraining.Options);
        Assert.Throws<CheckpointException>(() => checkpoint.RequireSame(network.Definition.Specification, network.Widest, TinyTraining.Options, new() { From = WeightOrigin.Supernet }));
    }

    [Theory]
    [InlineData("retraining", """{"from":"moon"}""", "metadata 'retraining' is damaged")]
    [InlineData("retraining", """{"distil":"inPlace"}""", "in-place distillation is between networks that are trained together")]
    [InlineData("switches", """{"large":null}""", "metadata 'switches' has a configuration that is null")]
    [InlineData("switches", """{"large":{"stem":8}}""", "group 'stage1' of mobilenet_v2 is missing")]
    [InlineData("switches", "[]", "metadata 'switches' is damaged")]
    public void Damaged_settings_are_refused(string key, string value, string expected)
    {
        using var network = JointTraining.Network();
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options, retraining: Jointly);
        var file = SafeTensorsFile.Read(FilePath);
        new SafeTensorsFile(file.Tensors, file.Metadata.ToDictionary(it => it.Key, it => it.Key == key ? value : it.Value)).Write(FilePath);
        Assert.Contains(expected, Assert.Throws<CheckpointException>(() => NetworkCheckpoint.Load(FilePath)).Message, StringComparison.Ordinal);
    }
}
