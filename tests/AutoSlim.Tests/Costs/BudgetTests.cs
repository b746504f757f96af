using AutoSlim.Costs;
using CsCheck;

namespace AutoSlim.Tests.Costs;

public sealed class BudgetTests
{
    [Theory]
    [InlineData("latency@pi-4<=8ms", "latency@pi-4", 8)]
    [InlineData("latency@pi-4<=8.5MS", "latency@pi-4", 8.5)]
    [InlineData(" latency@pi-4 <= 9 us ", "latency@pi-4", 0.009)]
    [InlineData("latency@pi-4<=0.25s", "latency@pi-4", 250)]
    [InlineData("macs<=300M", "macs", 300e6)]
    [InlineData("macs<=1.2G", "macs", 1.2e9)]
    [InlineData("params<=40k", "params", 40e3)]
    [InlineData("params<=1234567", "params", 1234567)]
    [InlineData("macs <= 3e8", "macs", 3e8)]
    [InlineData("memory<=512KB", "memory", 512e3)]
    [InlineData("memory<=2MB", "memory", 2e6)]
    [InlineData("memory<=100B", "memory", 100)]
    [InlineData("memory@pi-4<=30MB", "memory@pi-4", 30e6)]
    public void Limits_are_read_in_the_cost_model_s_unit(string text, string cost, double limit) => Assert.Equal(new(cost, limit), Budget.Parse(text));

    [Theory]
    [InlineData("macs", 300e6, "macs<=300M")]
    [InlineData("params", 1234567, "params<=1.234567M")]
    [InlineData("params", 12, "params<=12")]
    [InlineData("latency@pi", 8, "latency@pi<=8ms")]
    [InlineData("latency@pi", 0.5, "latency@pi<=500us")]
    [InlineData("latency@pi", 2500, "latency@pi<=2.5s")]
    [InlineData("memory", 2e6, "memory<=2MB")]
    [InlineData("size", 8e6, "size<=8MB")]
    [InlineData("paper-memory", 9_252_776, "paper-memory<=9.252776M")]
    [InlineData("memory", 0.5, "memory<=0.5B")]
    [InlineData("memory@pi", 30e6, "memory@pi<=30MB")]
    public void Limits_are_written_in_the_largest_unit_that_says_them(string cost, double limit, string text) => Assert.Equal(text, new Budget(cost, limit).ToString());

    [Fact]
    public void Every_budget_survives_the_round_trip() =>
        Gen.Select(Gen.OneOfConst("macs", "params", "size", "memory", "paper-memory", "latency@a.b_c-D9", "memory@a.b_c-D9"), Limits.Any).Sample((cost, limit) =>
            Assert.Equal(new(cost, limit), Budget.Parse(new Budget(cost, limit).ToString())));

    [Theory]
    [InlineData("", "'' is not a budget, expected one such as macs<=300M; known costs: latency@DEVICE, memory@DEVICE, macs, params, size, memory, paper-memory")]
    [InlineData("macs", "'macs' is not a budget, expected one such as macs<=300M; known costs: latency@DEVICE, memory@DEVICE, macs, params, size, memory, paper-memory")]
    [InlineData("macs<300M", "'macs<300M' is not a budget, expected one such as macs<=300M; known costs: latency@DEVICE, memory@DEVICE, macs, params, size, memory, paper-memory")]
    [InlineData("1<=macs<=2", "'1<=macs<=2' is not a budget, expected one such as macs<=300M; known costs: latency@DEVICE, memory@DEVICE, macs, params, size, memory, paper-memory")]
    [InlineData("parms<=4M", "unknown cost 'parms'; known: latency@DEVICE, memory@DEVICE, macs, params, size, memory, paper-memory; did you mean 'params'?")]
    [InlineData("power<=4M", "unknown cost 'power'; known: latency@DEVICE, memory@DEVICE, macs, params, size, memory, paper-memory")]
    [InlineData("latency<=8ms", "latency lacks its device: write latency@DEVICE")]
    [InlineData("latency@<=8ms", "device name '' must start with a letter or digit and have at most 64 letters, digits, '-', '_' and '.'")]
    [InlineData("memory@<=8MB", "device name '' must start with a letter or digit and have at most 64 letters, digits, '-', '_' and '.'")]
    [InlineData("memory@pi<=8ms", "memory@pi is limited to '8ms', expected a number above 0 with one of: GB, MB, KB, B")]
    [InlineData("latency@a/b<=8ms", "device name 'a/b' must start with a letter or digit and have at most 64 letters, digits, '-', '_' and '.'")]
    [InlineData("latency@pi<=8", "latency@pi is limited to '8', expected a number above 0 with one of: s, ms, us")]
    [InlineData("latency@pi<=8M", "latency@pi is limited to '8M', expected a number above 0 with one of: s, ms, us")]
    [InlineData("macs<=8ms", "macs is limited to '8ms', expected a number above 0 with one of: G, M, K, no unit")]
    [InlineData("macs<=-3", "macs is limited to '-3', expected a number above 0 with one of: G, M, K, no unit")]
    [InlineData("macs<=0M", "macs is limited to '0M', expected a number above 0 with one of: G, M, K, no unit")]
    [InlineData("macs<=NaN", "macs is limited to 'NaN', expected a number above 0 with one of: G, M, K, no unit")]
    [InlineData("macs<=Infinity", "macs is limited to 'Infinity', expected a number above 0 with one of: G, M, K, no unit")]
    [InlineData("macs<=1e999", "macs is limited to '1e999', expected a number above 0 with one of: G, M, K, no unit")]
    [InlineData("memory<=30", "memory is limited to '30', expected a number above 0 with one of: GB, MB, KB, B")]
    public void What_cannot_be_read_is_named(string text, string problem) =>
        Assert.Equal([problem], Assert.Throws<InvalidTargetException>(() => Budget.Parse(text)).Problems);

    [Theory]
    [InlineData("latency@pi<=8ms", "pi")]
    [InlineData("memory@pi<=8MB", "pi")]
    [InlineData("memory<=8MB", null)]
    public void A_budget_knows_the_device_that_it_is_measured_on(string text, string? device) => Assert.Equal(device, Budget.Parse(text).Device);

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.String.Sample(text => AssertReadOrRefused(text));

    [Fact]
    public void Any_text_after_a_cost_is_read_or_refused() => Gen.String[Gen.Char["0123456789.e+-MmsKGB ,<="], 0, 8].Sample(text =>
    {
        AssertReadOrRefused($"macs<={text}");
        AssertReadOrRefused($"latency@pi<={text}");
    });

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(double.PositiveInfinity)]
    public void A_limit_without_sense_is_refused(double limit) => Assert.Throws<InvalidTargetException>(() => new Budget("macs", limit));

    [Fact]
    public void A_budget_is_met_up_to_its_limit()
    {
        var budget = Budget.Parse("macs<=300M");
        Assert.True(budget.IsMetBy(Costs(300e6)));
        Assert.False(budget.IsMetBy(Costs(300e6 + 1)));
        Assert.False(budget.IsMetBy(Costs(double.NaN)));
        var lacking = Assert.Throws<ArgumentException>(() => Budget.Parse("params<=4M").IsMetBy(Costs(1)));
        Assert.Contains("'params<=4M' needs the cost 'params'; found macs", lacking.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, double> Costs(double multiplyAdds) => new() { ["macs"] = multiplyAdds };

    private static void AssertReadOrRefused(string text)
    {
        try
        {
            Assert.True(Budget.Parse(text).Limit > 0);
        }
        catch (InvalidTargetException refused)
        {
            Assert.NotEmpty(refused.Problems);
        }
    }
}
