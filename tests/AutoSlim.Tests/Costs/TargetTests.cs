using AutoSlim.Costs;
using CsCheck;

namespace AutoSlim.Tests.Costs;

public sealed class TargetTests
{
    [Fact]
    public void A_target_is_a_name_and_its_budgets()
    {
        var target = Target.Parse(" fast : latency@pi <= 8ms ,macs<=300M,params<=4M ");
        Assert.Equal("fast", target.Name);
        Assert.Equal([new("latency@pi", 8), new("macs", 300e6), new("params", 4e6)], target.Budgets);
        Assert.Equal("fast: latency@pi<=8ms, macs<=300M, params<=4M", target.ToString());
    }

    [Fact]
    public void Every_target_survives_the_round_trip() =>
        Gen.Select(Gen.String[Gen.Char["abcXYZ019-_"], 1, 12], Limits.Any.Array[1, 4]).Sample((name, limits) =>
        {
            var target = new Target(name, [.. limits.Zip(["macs", "latency@pi", "memory", "params"], (limit, cost) => new Budget(cost, limit))]);
            var read = Target.Parse(target.ToString());
            Assert.Equal(target.Name, read.Name);
            Assert.Equal(target.Budgets, read.Budgets);
        });

    [Fact]
    public void All_budgets_have_to_be_met()
    {
        var target = Target.Parse("fast: latency@pi<=8ms, macs<=300M");
        Assert.True(target.IsMetBy(new Dictionary<string, double> { ["latency@pi"] = 8, ["macs"] = 1, ["params"] = 1e12 }));
        Assert.False(target.IsMetBy(new Dictionary<string, double> { ["latency@pi"] = 8.1, ["macs"] = 1 }));
        Assert.False(target.IsMetBy(new Dictionary<string, double> { ["latency@pi"] = 8, ["macs"] = 1e12 }));
    }

    [Theory]
    [InlineData("macs<=300M", "'macs<=300M' is not a target, expected one such as 'small: macs<=300M'; known costs: latency@DEVICE, memory@DEVICE, macs, params, size, memory, paper-memory")]
    [InlineData("a/b: macs<=1", "target name 'a/b' names a folder: expected letters, digits, '-', '_' and '.', and neither '.' nor '..'")]
    [InlineData(".: macs<=1", "target name '.' names a folder: expected letters, digits, '-', '_' and '.', and neither '.' nor '..'")]
    [InlineData("..: macs<=1", "target name '..' names a folder: expected letters, digits, '-', '_' and '.', and neither '.' nor '..'")]
    [InlineData(": macs<=1", "target name '' names a folder: expected letters, digits, '-', '_' and '.', and neither '.' nor '..'")]
    [InlineData("größe: macs<=1", "target name 'größe' names a folder: expected letters, digits, '-', '_' and '.', and neither '.' nor '..'")]
    [InlineData("a: macs<=1, macs<=2", "target 'a' limits macs 2 times (macs<=1, macs<=2): keep one")]
    [InlineData("a:", "target 'a': '' is not a budget, expected one such as macs<=300M; known costs: latency@DEVICE, memory@DEVICE, macs, params, size, memory, paper-memory")]
    public void What_cannot_be_read_is_named(string text, string problem) =>
        Assert.Equal([problem], Assert.Throws<InvalidTargetException>(() => Target.Parse(text)).Problems);

    [Fact]
    public void Every_problem_of_every_target_is_reported_at_once()
    {
        var invalid = Assert.Throws<InvalidTargetException>(() => Target.ParseAll(["a: macs<=1", "A: parms<=1, macs<=x", "b/c: macs<=1"]));
        Assert.Equal(
        [
            "target 'A': unknown cost 'parms'; known: latency@DEVICE, memory@DEVICE, macs, params, size, memory, paper-memory; did you mean 'params'?",
            "target 'A': macs is limited to 'x', expected a number above 0 with one of: G, M, K, no unit",
            "target name 'b/c' names a folder: expected letters, digits, '-', '_' and '.', and neither '.' nor '..'",
            "2 targets are named 'a': give each its own name, letter case aside",
        ],
        invalid.Problems);
    }

    [Fact]
    public void Several_targets_keep_their_order() =>
        Assert.Equal(["b", "a"], Target.ParseAll(["b: macs<=1", "a: macs<=2"]).Select(target => target.Name));

    [Fact]
    public void A_target_without_budgets_is_refused() => Assert.Throws<InvalidTargetException>(() => new Target("a", []));
}
