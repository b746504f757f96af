using AutoSlim.Training.Optimisation;

namespace AutoSlim.Training.Tests.Optimisation;

public sealed class RetrainingOptionsTests
{
    [Fact]
    public void The_defaults_are_one_network_from_scratch_on_labels()
    {
        var options = new RetrainingOptions();
        Assert.Empty(options.Problems());
        Assert.Equal((WeightOrigin.Scratch, false, Distillation.None, false), (options.From, options.Joint, options.Distil, options.UsesSupernet));
    }

    [Fact]
    public void All_problems_are_told_at_once() =>
        Assert.Equal(2, new RetrainingOptions { Distil = Distillation.InPlace, DistilWeight = double.NaN }.Problems().Count);

    [Theory]
    [InlineData(WeightOrigin.Supernet, Distillation.None, true)]
    [InlineData(WeightOrigin.Scratch, Distillation.Supernet, true)]
    [InlineData(WeightOrigin.Scratch, Distillation.InPlace, false)]
    public void It_reads_the_supernet_where_it_starts_or_learns_from_it(WeightOrigin from, Distillation distil, bool uses) =>
        Assert.Equal(uses, new RetrainingOptions { From = from, Distil = distil, Joint = true }.UsesSupernet);
}
