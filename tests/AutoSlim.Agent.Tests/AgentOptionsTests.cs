using AutoSlim.Agent.Models;
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
    public void That_threads_spin_is_part_of_what_the_device_is()
    {
        RuntimeSettings spinning = new(2, "CPU", [], "all", Spins: true);
        Assert.Equal(["session.intra_op.allow_spinning=1"], spinning.FurtherOptions);
        Assert.Empty((spinning with { Spins = false }).FurtherOptions);
        Assert.Equal(["a=1", "session.intra_op.allow_spinning=1"], (spinning with { ProviderOptions = ["a=1"] }).FurtherOptions);
    }

    [Theory]
    [InlineData("http://localhost:5230")]
    [InlineData("http://[::1]:5230")]
    [InlineData("https://10.0.0.7:5230")]
    public void Plain_text_is_for_loopback(string server) => Assert.Empty((Options with { Server = new(server) }).Problems());

    [Theory]
    [InlineData("http://10.0.0.7:5230")]
    [InlineData("http://host.example")]
    public void A_token_never_crosses_the_network_in_plain_text(string server) => Assert.Equal(
        $"--server '{new Uri(server)}' would carry the token in plain text over the network: use https, or a tunnel to loopback", Assert.Single((Options with { Server = new(server) }).Problems()));

    [Fact]
    public void A_device_that_was_enrolled_needs_no_token_and_options_tell_none()
    {
        Assert.Empty((Options with { Token = "" }).Problems());
        Assert.DoesNotContain(Options.Token, $"{Options}", StringComparison.Ordinal);
    }

    [Fact]
    public void Without_one_the_process_that_measures_gets_none()
    {
        Assert.Empty(Options.Problems());
        Assert.DoesNotContain("--max-temperature", WorkerCommand.Arguments(Options, "folder"));
    }
}
