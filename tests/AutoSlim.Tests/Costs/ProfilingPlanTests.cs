using AutoSlim.Costs;
using AutoSlim.Networks;
using CsCheck;

namespace AutoSlim.Tests.Costs;

public sealed class ProfilingPlanTests
{
    private static readonly NetworkDefinition Small = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Imagenet, 28, InputChannels: 1, Classes: 10));

    public static TheoryData<string> Networks => [.. NetworkCatalog.Names];

    [Theory]
    [InlineData(48, 8, new[] { 48, 24, 8 })]
    [InlineData(1920, 192, new[] { 1920, 960, 480, 192 })]
    [InlineData(2048, 168, new[] { 2048, 1024, 512, 256, 168 })]
    [InlineData(24, 24, new[] { 24 })]
    [InlineData(5, 3, new[] { 5, 3 })]
    public void A_lattice_halves_down_to_the_minimum(int maximum, int minimum, int[] widths) =>
        Assert.Equal(widths, WidthLattice.Of(new("group", maximum, minimum, 8, maximum)));

    [Fact]
    public void Every_lattice_descends_from_the_maximum_to_the_minimum() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Int[1, 5000]).Sample((one, other) =>
        {
            var lattice = WidthLattice.Of(new("group", Math.Max(one, other), Math.Min(one, other), 8, 0));
            Assert.Equal((Math.Max(one, other), Math.Min(one, other)), (lattice[0], lattice[^1]));
            Assert.Equal(lattice.Distinct().OrderDescending(), lattice);
        });

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_configuration_can_be_priced(string name)
    {
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 224));
        var table = MeasuredTables.Of(ProfilingPlan.For(definition), signature => 1 + signature.MultiplyAdds / 1024);
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
        var plan = ProfilingPlan.For(definition).ToHashSet();
        var lattice = definition.Groups.Select(group => Gen.OneOfConst([.. WidthLattice.Of(group)]));
        Sequence(lattice).Sample(channels => Assert.Subset(plan, definition.Resolve(Configuration(definition, channels)).Signatures.ToHashSet()), iter: 100);
    }

    [Fact]
    public void A_plan_holds_no_operator_twice_and_starts_with_the_widest_stem()
    {
        var plan = ProfilingPlan.For(Small);
        Assert.Distinct(plan);
        Assert.Equal(Small.Resolve(Small.Widest).Layers[0].Signature, plan[0]);
        Assert.All(plan.Where(signature => signature.Input.Height == 28), signature => Assert.Equal(1, signature.Input.Channels));
        Assert.All(plan.Where(signature => signature.Kind == OperatorKind.Linear), signature => Assert.Equal(10, signature.OutputChannels));
    }

    /// <summary>Minutes on a device: to be raised knowingly.</summary>
    [Theory]
    [InlineData(MobileNetV2.Name, 28, 1, 10, 245, 63)]
    [InlineData(MobileNetV1.Name, 224, 3, 1000, 143, 33)]
    [InlineData(MobileNetV2.Name, 224, 3, 1000, 245, 67)]
    [InlineData(MnasNet.Name, 224, 3, 1000, 289, 76)]
    [InlineData(ResNet50.Name, 224, 3, 1000, 442, 60)]
    [InlineData(MobileNetV3.LargeName, 224, 3, 1000, 508, 127)]
    [InlineData(BasicResNet.Name18, 224, 3, 1000, 320, 46)]
    public void What_networks_need(string name, int resolution, int inputChannels, int classes, int operators, int contexts)
    {
        var plan = ProfilingPlan.For(NetworkCatalog.Create(new(name, StrideLayout.Imagenet, resolution, inputChannels, classes)));
        var probes = MeasuredTables.Empty().Missing(plan);
        Assert.Equal((operators, contexts), (probes.Count(IsOperator), probes.Count(entry => !IsOperator(entry))));
    }

    private static bool IsOperator(ProbeEntry entry) => ProbeEntry.OperatorNamed(entry.Name) is not null;

    private static Gen<int[]> Sequence(IEnumerable<Gen<int>> members) =>
        members.Aggregate(Gen.Const(Array.Empty<int>()), (all, next) => Gen.Select(all, next, (head, last) => (int[])[.. head, last]));

    private static ChannelConfiguration Configuration(NetworkDefinition definition, int[] channels) =>
        new(definition.Groups.Zip(channels, (group, count) => KeyValuePair.Create(group.Name, count)));

    private static void AssertPriced(ResolvedNetwork network, CostTable table) =>
        Assert.All(network.Signatures, signature => Assert.True(table.PriceMicroseconds(signature) >= 1));
}
