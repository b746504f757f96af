using AutoSlim.Host.Stages;

namespace AutoSlim.Host.Tests.Stages;

public sealed class UniformPartnerTests
{
    private static readonly Dictionary<double, double> Measured = new() { [0.5] = 2.0, [0.25] = 1.0, [0.28] = 1.2, [0.3] = 1.1 };

    [Theory]
    [InlineData(0.9, 0.25)]
    [InlineData(1.05, 0.3)]
    [InlineData(1.1, 0.3)]
    [InlineData(1.15, 0.28)]
    [InlineData(1.21, 0.5)]
    public void The_nearest_at_or_above_is_the_partner_whatever_its_width(double atLeast, double width) =>
        Assert.Equal(new UniformPartner("small", width), UniformPartner.Nearest("small", atLeast, Measured));

    [Fact]
    public void Without_one_that_is_slow_enough_there_is_no_partner() => Assert.Null(UniformPartner.Nearest("small", 2.1, Measured));

    [Fact]
    public void Its_folder_has_a_name_that_no_target_can_have() =>
        Assert.NotNull(RunFolder.NameProblem(new UniformPartner("small", 0.3).Folder));
}
