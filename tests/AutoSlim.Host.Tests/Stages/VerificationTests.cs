using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

public sealed class VerificationTests
{
    private static readonly IReadOnlyList<Target> Targets = Target.ParseAll(["small: latency@pi<=8ms, memory@pi<=30MB, macs<=3M", "large: latency@pi<=1ms"]);

    [Fact]
    public void Every_budget_of_the_device_that_was_measured_to_be_missed_is_told()
    {
        var found = Measured(8.5) with { MeasuredMemoryBytes = 31e6 };
        Assert.Equal(
            ["'small' takes 8.5000 ms, over its budget latency@pi<=8ms", "'small' takes 31.00 MB, over its budget memory@pi<=30MB"],
            found.Overspent("small", Targets, "pi"));
    }

    [Theory]
    [InlineData("small", "pi", 8)]
    [InlineData("small", "phone", 9)]
    [InlineData("uniform-small", "pi", 9)]
    public void Budgets_that_are_kept_or_of_others_are_not(string network, string device, double milliseconds) =>
        Assert.Empty(Measured(milliseconds).Overspent(network, Targets, device));

    [Fact]
    public void What_was_found_of_other_weights_or_on_another_device_is_still_to_be_found_here()
    {
        using var work = new TemporaryFolder();
        var network = new NetworkFolder(work.Path);
        Assert.Null(Verification.Find(network, "pi"));
        work.Write("network.safetensors", "weights");
        var found = Measured(8) with { Device = "pi", Weights = ExportStage.HashOfWeights(network) };
        found.Write(network.VerificationPath);
        Assert.Equal(found, Verification.Find(network, "pi"));
        Assert.Null(Verification.Find(network, "phone"));
        work.Write("network.safetensors", "others");
        Assert.Null(Verification.Find(network, "pi"));
        Measured(8).Write(network.VerificationPath);
        Assert.Null(Verification.Find(network, "pi"));
    }

    private static Verification Measured(double milliseconds) => new(null, milliseconds, 0.9, 0.9, 0, null);
}
