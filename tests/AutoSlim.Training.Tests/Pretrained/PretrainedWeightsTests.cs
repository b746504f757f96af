using System.Globalization;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Pretrained;
using AutoSlim.Training.Supernets;
using AutoSlim.Training.Tests.Data;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Pretrained;

public sealed class PretrainedWeightsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string FilePath => folder.PathOf("weights.safetensors");

    public static TheoryData<string> Networks => TorchvisionNamesTests.Networks;

    public void Dispose() => folder.Dispose();

    /// <summary>The supernet is up to 1.5x; at 1.0x it must be torchvision's network.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void At_width_1_the_logits_are_torchvisions(string name)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 32));
        var file = TorchvisionFile.Of(name);
        file.Write(FilePath);
        using var network = new SlimmableNetwork(definition, definition.Widest, 1);
        PretrainedWeights.Read(FilePath, definition).CopyTo(network);
        using var statistics = Statistics(definition, file);
        var logits = TinyTraining.Elements(network.Forward(tensor(TorchvisionFile.Images()).view(2, 3, 32, 32), definition.Uniform(1), statistics));
        Assert.All(Expected(name).Zip([.. logits[..6], .. logits[^6..]]), pair => Assert.Equal(pair.First, pair.Second, 2e-5));
    }

    [Fact]
    public void Channels_beyond_the_file_stay_as_initialised()
    {
        var definition = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Imagenet, 32));
        var file = TorchvisionFile.Of(MobileNetV2.Name);
        file.Write(FilePath);
        using SlimmableNetwork network = new(definition, definition.Widest, 1), before = new(definition, definition.Widest, 1);
        var strides = network.Weights.Named.Values.Select(parameter => parameter.stride()).ToList();
        PretrainedWeights.Read(FilePath, definition).CopyTo(network);
        using var scope = NewDisposeScope();
        Assert.Equal(file.Tensors["features.0.0.weight"].AsFloats().ToArray(), TinyTraining.Elements(network.Weights["stem.weight"].narrow(0, 0, 32)));
        Assert.Equal(TinyTraining.Elements(before.Weights["stem.weight"].narrow(0, 32, 16)), TinyTraining.Elements(network.Weights["stem.weight"].narrow(0, 32, 16)));
        Assert.Equal(TinyTraining.Elements(before.Weights["tail.gamma"].narrow(0, 1280, 640)), TinyTraining.Elements(network.Weights["tail.gamma"].narrow(0, 1280, 640)));
        Assert.Equal(strides, network.Weights.Named.Values.Select(parameter => parameter.stride()));
        Assert.All(network.Weights.Named.Values, parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Our_own_checkpoints_are_read_whatever_else_they_hold()
    {
        using var network = TinyTraining.Network();
        using var statistics = BatchNormCalibration.Of(network, network.Widest, TinyTraining.Batches(40, 20));
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options, statistics: statistics);
        using var other = TinyTraining.Network(seed: 8);
        var weights = PretrainedWeights.Read(FilePath, TinyTraining.Definition);
        weights.CopyTo(other);
        Assert.Equal(TinyTraining.Bits(network), TinyTraining.Bits(other));
        Assert.Equal(
            ["158 of 158 tensors of mobilenet_v2 start from it, by our own names", "not needed: 104 tensors of statistics or of a training under way; statistics are measured anew"],
            weights.Report);
    }

    [Fact]
    public void Copying_leaves_no_tensor_behind()
    {
        using SlimmableNetwork network = TinyTraining.Network(), other = TinyTraining.Network(seed: 8);
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options);
        var weights = PretrainedWeights.Read(FilePath, TinyTraining.Definition);
        var before = LiveTensors.Count();
        weights.CopyTo(other);
        Assert.Equal(before, LiveTensors.Count());
    }

    /// <summary>Ten classes and grey images: the classifier and the stem of a thousand classes and three colours are of no use.</summary>
    [Fact]
    public void What_does_not_fit_is_missing_or_unexpected_is_told_by_name()
    {
        var definition = NetworkCatalog.Create(new(BasicResNet.Name18, StrideLayout.Imagenet, 32, InputChannels: 1, Classes: 10));
        var tensors = TorchvisionFile.Of(BasicResNet.Name18).Tensors.ToDictionary();
        tensors.Remove("bn1.bias");
        tensors["aux.weight"] = StoredTensor.Of([1], [1f]);
        tensors["bn1.weight"] = StoredTensor.Of([64], new long[64]);
        Write(tensors);
        using var network = new SlimmableNetwork(definition, definition.Widest, 1);
        var before = TinyTraining.Elements(network.Weights["classifier.weight"]);
        var weights = PretrainedWeights.Read(FilePath, definition);
        weights.CopyTo(network);
        Assert.Equal(before, TinyTraining.Elements(network.Weights["classifier.weight"]));
        Assert.Equal(
            [
                "57 of 62 tensors of resnet18 start from it, by torchvision's names",
                "does not fit: 'conv1.weight' is F32 [64, 3, 7, 7], stem.weight takes [8, 1, 7, 7] to [64, 1, 7, 7]",
                "does not fit: 'bn1.weight' is I64 [64], stem.gamma takes [8] to [64]",
                "does not fit: 'fc.weight' is F32 [1000, 512], classifier.weight takes [10, 40] to [10, 512]",
                "does not fit: 'fc.bias' is F32 [1000], classifier.bias takes [10] to [10]",
                "missing, so left as initialised: bn1.bias",
                "unexpected, so not used: aux.weight",
                "not needed: 60 tensors of statistics or of a training under way; statistics are measured anew",
            ],
            weights.Report);
    }

    [Fact]
    public void A_file_of_another_network_is_refused_with_everything_that_is_wrong()
    {
        TorchvisionFile.Of(BasicResNet.Name18).Write(FilePath);
        var message = Assert.Throws<CheckpointException>(() => PretrainedWeights.Read(FilePath, TinyTraining.Definition)).Message;
        Assert.Contains("weights.safetensors' does not fit mobilenet_v2, expected at least half of its tensors: 0 of 158 tensors", message, StringComparison.Ordinal);
        Assert.Contains("missing, so left as initialised: stem.weight", message, StringComparison.Ordinal);
        Assert.Contains("unexpected, so not used: bn1.bias", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ElementType.F16)]
    [InlineData(ElementType.BF16)]
    public void Weights_of_16_bits_are_widened(ElementType type)
    {
        using var network = TinyTraining.Network();
        NetworkCheckpoint.Save(FilePath, network, 1, TinyTraining.Options);
        Write(SafeTensorsFile.Read(FilePath).Tensors.ToDictionary(it => it.Key, it => Narrowed(it.Value, type)));
        using var other = TinyTraining.Network(seed: 8);
        PretrainedWeights.Read(FilePath, TinyTraining.Definition).CopyTo(other);
        var bound = type == ElementType.F16 ? 1.0 / 2048 : 1.0 / 128;
        foreach (var (name, weight) in network.Weights.Named)
            Assert.All(TinyTraining.Elements(weight).Zip(TinyTraining.Elements(other.Weights[name])), pair => Assert.Equal(pair.First, pair.Second, bound * Math.Abs(pair.First) + 1e-7));
    }

    [Theory]
    [InlineData(ElementType.F16, 0xC000, -2f)]
    [InlineData(ElementType.F16, 0x3555, 0.33325195f)]
    [InlineData(ElementType.BF16, 0xC000, -2f)]
    [InlineData(ElementType.BF16, 0x3EAB, 0.33398438f)]
    public void Numbers_of_16_bits_are_those_of_their_format(ElementType type, int bits, float value) =>
        Assert.Equal([value], new StoredTensor(type, [1], BitConverter.GetBytes((ushort)bits)).ToFloats());

    private static StoredTensor Narrowed(StoredTensor tensor, ElementType type) => new(type, tensor.Shape, tensor.AsFloats().ToArray()
        .SelectMany(value => BitConverter.GetBytes(type == ElementType.F16 ? BitConverter.HalfToUInt16Bits((Half)value) : (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16))).ToArray());

    private static double[] Expected(string name) => [.. File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Pretrained", "torchvision.logits.txt"))
        .Select(line => line.Split(' ')).Single(parts => parts[0] == name)
        .Skip(1).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    /// <summary>The running statistics of the file.</summary>
    private static BatchNormStatistics Statistics(NetworkDefinition definition, SafeTensorsFile file)
    {
        var names = TorchvisionNames.Of(definition)!;
        return new(BatchNorm.NormalisedLayers(definition.Resolve(definition.Uniform(1))).ToDictionary(layer => layer.Name, layer =>
        {
            var variance = names.VarianceBeside($"{layer.Name}.gamma");
            var mean = variance.Replace("running_var", "running_mean", StringComparison.Ordinal);
            return (tensor(file.Tensors[mean].ToFloats()), tensor(file.Tensors[variance].ToFloats()));
        }));
    }

    private void Write(IReadOnlyDictionary<string, StoredTensor> tensors) => new SafeTensorsFile(tensors, new Dictionary<string, string>()).Write(FilePath);
}
