using System.Globalization;
using AutoSlim.Networks;
using AutoSlim.Training.Pretrained;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Training.Tests.Pretrained;

/// <summary>The lists beside this file are the state dictionaries of torchvision 0.14's networks: names and shapes.</summary>
public sealed class TorchvisionNamesTests
{
    public static TheoryData<string> Networks => [.. NetworkCatalog.Names.Where(name => name != MobileNetV1.Name)];

    public static TheoryData<string> AllNetworks => [.. NetworkCatalog.Names];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_weight_of_torchvision_is_one_of_ours_at_width_1(string name)
    {
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 224));
        var ours = WeightShapes.Of(definition.Resolve(definition.Uniform(1)));
        var names = TorchvisionNames.Of(definition)!;
        Assert.Equal(ours.Keys.Order(), names.ByOurs.Keys.Order());
        var theirs = StateDictionary(name).Where(tensor => !ForeignNames.IsNotNeeded(tensor.Key)).ToDictionary();
        Assert.Equal(theirs.Keys.Order(), names.ByOurs.Values.Order());
        Assert.All(ours, it => Assert.Equal(it.Value, theirs[names.ByOurs[it.Key]].Take(it.Value.Length)));
        Assert.All(ours, it => Assert.All(theirs[names.ByOurs[it.Key]].Skip(it.Value.Length), size => Assert.Equal(1, size)));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_variance_beside_a_gamma_is_there(string name)
    {
        var names = TorchvisionNames.Of(NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 224)))!;
        var theirs = StateDictionary(name);
        Assert.All(names.ByOurs.Keys.Where(own => own.EndsWith(".gamma", StringComparison.Ordinal)), gamma => Assert.Contains(names.VarianceBeside(gamma), theirs.Keys));
    }

    [Fact]
    public void Torchvision_has_no_first_mobilenet() => Assert.Null(TorchvisionNames.Of(NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Imagenet, 224))));

    [Theory]
    [MemberData(nameof(AllNetworks))]
    public void Shapes_without_weights_are_those_of_the_weights(string name)
    {
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Cifar, 32, InputChannels: 2, Classes: 7, MaximumWidth: 0.4));
        using var network = new SlimmableNetwork(definition, definition.Widest, 1);
        var shapes = WeightShapes.Of(definition.Resolve(definition.Widest));
        Assert.Equal(network.Weights.Named.Keys, shapes.Keys);
        Assert.All(network.Weights.Named, it => Assert.Equal(it.Value.shape, shapes[it.Key]));
    }

    internal static Dictionary<string, long[]> StateDictionary(string name) => File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Pretrained", $"torchvision.{name}.txt"))
        .Select(line => line.Split(' '))
        .ToDictionary(parts => parts[0], parts => parts[1].Split('x', StringSplitOptions.RemoveEmptyEntries).Select(size => long.Parse(size, CultureInfo.InvariantCulture)).ToArray());
}
