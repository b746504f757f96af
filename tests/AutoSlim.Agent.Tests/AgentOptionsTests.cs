using AutoSlim.Agent.Working;

namespace AutoSlim.Agent.Tests;

public sealed class AgentOptionsTests
{
    private static readonly AgentOptions Options = new() { Server = new("http://127.0.0.1:5123"), Name = "pi", Token = "a-token-of-some-length" };

    [Theory]
    [InlineData(20)]
    [InlineData(72.5)]
    [InlineData(150)]
    public void A_maximum_temperature_reaches_the_process_that_measures(double celsius)
    {
        var options = Options with { MaximumCelsius = celsius };
        Assert.Empty(options.Problems());
        string[] arguments = [.. WorkerCommand.Arguments(options, "folder")];
        Assert.Equal(FormattableString.Invariant($"{celsius}"), arguments[Array.IndexOf(arguments, "--max-temperature") + 1]);
    }

    [Theory]
    [InlineData(19.9)]
    [InlineData(150.1)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void One_that_no_device_could_keep_is_refused(double celsius) => Assert.Equal(
        FormattableString.Invariant($"--max-temperature is {celsius}, expected 20 to 150 degrees Celsius"), Assert.Single((Options with { MaximumCelsius = celsius }).Problems()));

    [Fact]
    public void Everything_that_is_wrong_with_cores_and_runtime_is_told_at_once()
    {
        var options = Options with { Cores = "3-1", Runtime = new(0, "CPU", ["a=1", "a=2", "b"], "most") };
        Assert.Equal(
            [
                "--threads is 0, expected 1 to 256", "--optimization is 'most', expected one of none, basic, extended, all", "--provider-option is 'b', expected KEY=VALUE",
                "--provider-option sets 'a' 2 times: keep one", "--provider-option is given, but the CPU execution provider takes none", "--cores is '3-1', expected a list such as 0-3,6",
            ],
            options.Problems());
    }

    [Fact]
    public void Without_one_the_process_that_measures_gets_none()
    {
        Assert.Empty(Options.Problems());
        Assert.DoesNotContain("--max-temperature", WorkerCommand.Arguments(Options, "folder"));
    }
}
