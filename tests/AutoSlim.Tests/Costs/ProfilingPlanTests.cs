using AutoSlim.Costs;
using AutoSlim.Networks;
using CsCheck;

namespace AutoSlim.Tests.Costs;

public sealed class ProfilingPlanTests
{
    private static readonly NetworkDefinition Small = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Imagenet, 28, InputChannels: 1, Classes: 10));

    public static TheoryData<string> Networks => [.. NetworkCatalog.Names];

    public static MatrixTheoryData<string, int> NetworksAndAlignments => new(NetworkCatalog.Names, [DeviceAlignment.None, 16, 32]);

    [Theory]
    [InlineData(48, 8, new[] { 48, 24, 8 })]
    [InlineData(1920, 192, new[] { 1920, 960, 480, 192 })]
    [InlineData(2048, 168, new[] { 2048, 1024, 512, 256, 168 })]
    [InlineData(24, 24, new[] { 24 })]
    [InlineData(5, 3, new[] { 5, 3 })]
    public void A_lattice_halves_down_to_the_minimum(int maximum, int minimum, int[] widths) =>
        Assert.Equal(widths, WidthLattice.Of(new("group", maximum, minimum, 8, maximum), DeviceAlignment.None));

    [Theory]
    [InlineData(48, 8, new[] { 48, 16, 8 })]
    [InlineData(40, 8, new[] { 40, 32, 16, 8 })]
    [InlineData(1920, 192, new[] { 1920, 960, 480, 192 })]
    [InlineData(2048, 168, new[] { 2048, 1024, 512, 256, 176, 168 })]
    [InlineData(24, 24, new[] { 24 })]
    [InlineData(5, 3, new[] { 5, 3 })]
    public void On_a_device_with_blocks_of_sixteen_it_halves_on_multiples_and_holds_the_outermost_ones(int maximum, int minimum, int[] widths) =>
        Assert.Equal(widths, WidthLattice.Of(new("group", maximum, minimum, 8, maximum), 16));

    [Fact]
    public void Every_lattice_descends_from_the_maximum_to_the_minimum() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Int[1, 5000], Gen.OneOfConst(DeviceAlignment.None, 16, 32)).Sample((one, other, alignment) =>
        {
            var lattice = WidthLattice.Of(new("group", Math.Max(one, other), Math.Min(one, other), 8, 0), alignment);
            Assert.Equal((Math.Max(one, other), Math.Min(one, other)), (lattice[0], lattice[^1]));
            Assert.Equal(lattice.Distinct().OrderDescending(), lattice);
        });

    [Theory]
    [MemberData(nameof(NetworksAndAlignments))]
    public void Every_configuration_can_be_priced(string name, int alignment)
    {
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 224));
        var alignmentProbes = alignment == DeviceAlignment.None ? [] : DeviceAlignment.Probes;
        var table = MeasuredTables.Of(alignmentProbes.Concat(ProfilingPlan.For(definition, alignment)), signature => 1 + FilledUp(signature, alignment).MultiplyAdds / 1024);
        Assert.Equal(alignment, table.Alignment);
        var onGrid = definition.Groups.Select(group => Gen.OneOfConst([.. group.Grid]));
        var anywhere = definition.Groups.Select(group => Gen.Int[group.Minimum, group.Maximum]);
        foreach (var widths in new[] { onGrid, anywhere })
            Sequence(widths).Sample(channels => AssertPriced(definition.Resolve(Configuration(definition, channels)), table), iter: 100);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Lattice_configurations_are_measured_exactly(string name)
    {
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Cifar, 32));
        var plan = ProfilingPlan.For(definition, DeviceAlignment.None).ToHashSet();
        var lattice = definition.Groups.Select(group => Gen.OneOfConst([.. WidthLattice.Of(group, DeviceAlignment.None)]));
        Sequence(lattice).Sample(channels => Assert.Subset(plan, definition.Resolve(Configuration(definition, channels)).Signatures.ToHashSet()), iter: 100);
    }

    [Fact]
    public void A_plan_holds_no_operator_twice_and_starts_with_the_widest_stem()
    {
        var plan = ProfilingPlan.For(Small, DeviceAlignment.None);
        Assert.Distinct(plan);
        Assert.Equal(Small.Resolve(Small.Widest).Layers[0].Signature, plan[0]);
        Assert.All(plan.Where(signature => signature.Input.Height == 28), signature => Assert.Equal(1, signature.Input.Channels));
        Assert.All(plan.Where(signature => signature.Kind == OperatorKind.Linear), signature => Assert.Equal(10, signature.OutputChannels));
    }

    /// <summary>Minutes on a device: to be raised knowingly.</summary>
    [Theory]
    [InlineData(MobileNetV2.Name, 28, 1, 10, 1, 245, 63)]
    [InlineData(MobileNetV1.Name, 224, 3, 1000, 1, 143, 33)]
    [InlineData(MobileNetV2.Name, 224, 3, 1000, 1, 245, 67)]
    [InlineData(MnasNet.Name, 224, 3, 1000, 1, 289, 76)]
    [InlineData(ResNet50.Name, 224, 3, 1000, 1, 442, 60)]
    [InlineData(MobileNetV3.LargeName, 224, 3, 1000, 1, 508, 127)]
    [InlineData(BasicResNet.Name18, 224, 3, 1000, 1, 320, 46)]
    [InlineData(MobileNetV2.Name, 28, 1, 10, 16, 267, 67)]
    [InlineData(MobileNetV2.Name, 224, 3, 1000, 16, 267, 71)]
    [InlineData(MobileNetV1.Name, 224, 3, 1000, 16, 224, 43)]
    [InlineData(ResNet50.Name, 224, 3, 1000, 16, 582, 71)]
    public void What_networks_need(string name, int resolution, int inputChannels, int classes, int alignment, int operators, int contexts)
    {
        var plan = ProfilingPlan.For(NetworkCatalog.Create(new(name, StrideLayout.Imagenet, resolution, inputChannels, classes)), alignment);
        var probes = MeasuredTables.Empty().Missing(plan);
        Assert.Equal((operators, contexts), (probes.Count(IsOperator), probes.Count(entry => !IsOperator(entry))));
    }

    /// <summary>On a device of blocks of 16 or 32 channels.</summary>
    private static LayerSignature FilledUp(LayerSignature signature, int alignment) => signature.WithChannels(
        (signature.Input.Channels + alignment - 1) / alignment * alignment, (signature.OutputChannels + alignment - 1) / alignment * alignment);

    private static bool IsOperator(ProbeEntry entry) => ProbeEntry.OperatorNamed(entry.Name) is not null;

    private static Gen<int[]> Sequence(IEnumerable<Gen<int>> members) =>
        members.Aggregate(Gen.Const(Array.Empty<int>()), (all, next) => Gen.Select(all, next, (head, last) => (int[])[.. head, last]));

    private static ChannelConfiguration Configuration(NetworkDefinition definition, int[] channels) =>
        new(definition.Groups.Zip(channels, (group, count) => KeyValuePair.Create(group.Name, count)));

    private static void AssertPriced(ResolvedNetwork network, CostTable table) =>
        Assert.All(network.Signatures, signature => Assert.True(table.PriceMicroseconds(signature) >= 1));
}
