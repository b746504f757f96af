using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Exporting;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Scoring;
using AutoSlim.Training.Supernets;
using AutoSlim.Training.Tests.Data;
using Mono.Cecil;
using TorchSharp;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Supernets;

/// <summary>
/// Everything lives on the network's device. Torch has no meta kernels for convolutions and batch norm, so whole networks run on the
/// processor while the default is foreign (<see cref="ForeignDefault"/>), and what needs neither is looked at on meta itself.
/// </summary>
public sealed class DeviceTests
{
    /// <summary>Where tensors may be on the processor whatever the device: files, numbers handed back, the drawing of first weights.</summary>
    private static readonly string[] OnTheProcessor = ["ComputeDevice", "Evaluation", "NetworkCheckpoint", "WeightStore"];

    public static TheoryData<string> Networks => [.. NetworkCatalog.Names];

    [Fact]
    public void A_tensor_without_a_device_is_noticed()
    {
        using var foreign = new ForeignDefault();
        using var scope = NewDisposeScope();
        using var network = TinyTraining.Network();
        Assert.Equal(DeviceType.META, zeros(1).device_type);
        Assert.ThrowsAny<Exception>(() => network.Forward(zeros(2, 1, 16, 16), network.Widest, BatchNorm.OfBatch).cpu().data<float>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Training_calibrating_and_scoring_make_no_tensor_elsewhere(string name)
    {
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 16, InputChannels: 1, Classes: 10, MaximumWidth: 0.25));
        var images = TinyTraining.Images(12);
        using var foreign = new ForeignDefault();
        using var network = new SlimmableNetwork(definition, definition.Widest, 1);
        network.StartResidualsAtZero();
        foreach (var precision in new[] { Precision.Float32, Precision.Bfloat16 })
        {
            using var trainer = new Trainer(network, WidthSampler.Sandwich(definition), images, TinyTraining.Normalization, new() { BatchSize = 6, Precision = precision });
            trainer.RunEpoch(0, progress => Assert.True(double.IsFinite(progress.Loss)), CancellationToken.None);
        }

        using var statistics = BatchNormCalibration.Of(network, definition.Widest, TinyTraining.Batches(12, 6));
        var logits = Evaluation.Logits(network, definition.Widest, statistics, TinyTraining.Batches(12, 6));
        Assert.InRange(Evaluation.Of(logits, images.Labels, 10).Accuracy, 0, 1);
        Assert.All(Enum.GetValues<ScoringWay>(), way =>
        {
            using var scorer = new CandidateScorer(network, images, TinyTraining.Normalization, way);
            Assert.All(scorer.Score(definition.Widest, [definition.Narrowest]), loss => Assert.True(double.IsFinite(loss)));
        });
        Assert.NotEmpty(OnnxExport.ToBytes(network, definition.Widest, statistics));
    }

    [Fact]
    public void Networks_that_learn_together_from_a_teacher_make_no_tensor_elsewhere()
    {
        using var foreign = new ForeignDefault();
        using var supernet = TinyTraining.Network();
        using var ofSupernet = BatchNormCalibration.Of(supernet, supernet.Widest, TinyTraining.Batches(12, 6));
        using var teacher = new FrozenTeacher(supernet, supernet.Widest, ofSupernet, 0.5);
        using var joint = JointTraining.Network();
        joint.StartFrom(supernet);
        var sampler = WidthSampler.Always(joint.Definition, [.. joint.Switches]);
        using var trainer = new Trainer(joint, sampler, TinyTraining.Images(12), TinyTraining.Normalization, new() { BatchSize = 6 }, Lesson.Of(teacher));
        trainer.RunEpoch(0, progress => Assert.True(double.IsFinite(progress.Loss)), CancellationToken.None);
        using var cut = joint.Cut(joint.Switches.Values.First());
        BatchNormCalibration.Of(cut, cut.Widest, TinyTraining.Batches(12, 6)).Dispose();
    }

    [Fact]
    public void A_switchable_network_and_what_is_cut_from_it_lie_on_the_device()
    {
        using var joint = SlimmableNetwork.Switchable(TinyTraining.Definition, JointTraining.Switches, 3, ForeignDefault.Meta);
        using var cut = joint.Cut(joint.Switches.Values.First());
        OnMeta([.. joint.Weights.Named.Values, .. cut.Weights.Named.Values]);
    }

    [Fact]
    public void Saving_and_going_on_make_no_tensor_elsewhere()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "network.safetensors");
        using var foreign = new ForeignDefault();
        Save(path);
        using var network = TinyTraining.Network(seed: 9);
        using var trainer = TrainerOf(network);
        var checkpoint = NetworkCheckpoint.Load(path);
        checkpoint.Restore(network, trainer.State);
        using var statistics = checkpoint.ReadStatistics();
        Assert.Equal(DeviceType.CPU, statistics!.Layers["stem"].Mean.device_type);
        trainer.RunEpoch(1, _ => { }, CancellationToken.None);
        Assert.All(trainer.State.Tensors, buffer => Assert.Equal(DeviceType.CPU, buffer.Value.device_type));
    }

    [Fact]
    public void Weights_images_labels_and_gradients_lie_on_the_device_in_channels_last()
    {
        using var scope = NewDisposeScope();
        using var network = OnMeta();
        var batch = TinyTraining.Batches(4, 4).Single();
        var images = ImageTensor.Of(batch, network.Definition.Input, network.Device);
        OnMeta([images, MemoryLayout.ChannelsLast(images), ImageTensor.Labels(batch, network.Device), .. network.Weights.Named.Values]);
        var kernel = network.Weights["block1.expand.weight"];
        Assert.Equal([kernel.shape[1], 1], kernel.stride()[..2]);
        Assert.Equal(1, MemoryLayout.ChannelsLast(zeros([2, 3, 4, 4], device: ForeignDefault.Meta)).stride()[1]);
        network.Weights.AddGradient("block1.expand.weight", zeros([8, 4, 1, 1], device: ForeignDefault.Meta));
        OnMeta([kernel.grad!]);
    }

    [Fact]
    public void A_checkpoint_of_the_processor_is_read_onto_another_device()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "network.safetensors");
        Save(path);
        using var network = OnMeta();
        using var trainer = TrainerOf(network);
        var checkpoint = NetworkCheckpoint.Load(path);
        checkpoint.Restore(network, trainer.State);
        OnMeta([.. network.Weights.Named.Values, .. trainer.State.Tensors.Select(buffer => buffer.Value)]);
        using var statistics = checkpoint.ReadStatistics(network.Device);
        OnMeta([.. statistics!.Layers.Values.SelectMany(layer => new[] { layer.Mean, layer.Variance })]);
    }

    /// <summary>What a foreign default does not show: a tensor put on the processor by name.</summary>
    [Fact]
    public void The_processor_is_named_in_few_places()
    {
        using var ours = ModuleDefinition.ReadModule(typeof(SlimmableNetwork).Assembly.Location);
        var naming = from type in ours.GetTypes()
                     from method in type.Methods
                     where method.HasBody && method.Body.Instructions.Any(instruction => instruction.Operand is MemberReference { Name: "CPU" or "get_CPU" } member && member.DeclaringType.FullName == typeof(torch).FullName)
                     select type.Name;
        Assert.Equal(OnTheProcessor, naming.Distinct().Order(StringComparer.Ordinal));
    }

    private static SlimmableNetwork OnMeta() => new(TinyTraining.Definition, TinyTraining.Definition.Widest, 3, ForeignDefault.Meta);

    private static void OnMeta(IReadOnlyList<Tensor> tensors) => Assert.All(tensors, tensor => Assert.Equal(DeviceType.META, tensor.device_type));

    private static Trainer TrainerOf(SlimmableNetwork network) =>
        new(network, WidthSampler.Sandwich(network.Definition), TinyTraining.Images(20), TinyTraining.Normalization, TinyTraining.Options with { BatchSize = 10 });

    /// <summary>After one epoch of two, with statistics too.</summary>
    private static void Save(string path)
    {
        using var network = TinyTraining.Network();
        using var trainer = TrainerOf(network);
        trainer.RunEpoch(0, _ => { }, CancellationToken.None);
        using var statistics = BatchNormCalibration.Of(network, network.Widest, TinyTraining.Batches(20, 10));
        NetworkCheckpoint.Save(path, network, 1, TinyTraining.Options with { BatchSize = 10 }, trainer.State, statistics);
    }
}
