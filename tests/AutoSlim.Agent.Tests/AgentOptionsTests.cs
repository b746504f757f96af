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
    public void Without_one_the_process_that_measures_gets_none()
    {
        Assert.Empty(Options.Problems());
        Assert.DoesNotContain("--max-temperature", WorkerCommand.Arguments(Options, "folder"));
    }
}
