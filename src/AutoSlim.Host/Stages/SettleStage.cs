using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Onnx;
using AutoSlim.Profiling;
using AutoSlim.Slimming;

namespace AutoSlim.Host.Stages;

/// <summary>Closes the loop between search and device: measures the networks that the search chose, see <see cref="BudgetCorrection"/>.</summary>
internal sealed class SettleStage(StageConsole console, NetworkDefinition definition, ConnectedDevice device, DeviceCosts costs)
{
    private const int Rounds = 7;

    /// <summary>Of two equally quick networks one is slower in so many rounds once in sixteen times; all seven would acquit by one odd round.</summary>
    private const int RoundsBeyondDoubt = Rounds - 1;

    private const string Parent = "the widest network";

    /// <summary>
    /// Milliseconds of each network, by its name, in the time of the table, which the sentinels tell: a moment in which the
    /// whole device is slower says nothing about the prices.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, double>> MeasureAsync(
        IReadOnlyDictionary<string, ChannelConfiguration> networks, ulong seed, CancellationToken cancellation) =>
        (await RoundsAsync(networks, seed, cancellation)).ToDictionary(pair => pair.Key, pair => Milliseconds(pair.Value));

    /// <summary>
    /// The same for slimmed networks, which must be quicker than what they were slimmed from. Compared round by round, for a device
    /// may change its speed by half between two of them. One that is slower in the median alone is told and no more.
    /// </summary>
    /// <exception cref="CommandFailedException">One is slower in all rounds but one; names the operator that grew dearest.</exception>
    public async Task<IReadOnlyDictionary<string, SampleStatistics>> SlimmedTimesAsync(
        IReadOnlyDictionary<string, ChannelConfiguration> slimmed, ulong seed, CancellationToken cancellation)
    {
        var rounds = await RoundsAsync(slimmed.Append(new(Parent, definition.Widest)).ToDictionary(), seed, cancellation);
        var suspects = slimmed.Where(network => !network.Value.Equals(definition.Widest) && Milliseconds(rounds[network.Key]) >= Milliseconds(rounds[Parent])).ToList();
        var slower = suspects.Where(network => SlowerRounds(rounds[network.Key], rounds[Parent]) >= RoundsBeyondDoubt).ToList();
        if (slower.Count > 0) throw new CommandFailedException(string.Join(Environment.NewLine, slower.Select(network => Refusal(network.Key, network.Value, rounds))));
        foreach (var (name, _) in suspects) console.WriteLine(Notice(name, rounds));
        return slimmed.Keys.ToDictionary(name => name, name => SampleStatistics.Of(rounds[name]));
    }

    /// <summary>Microseconds in each round, in the time of the table.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<double>>> RoundsAsync(
        IReadOnlyDictionary<string, ChannelConfiguration> networks, ulong seed, CancellationToken cancellation)
    {
        var times = new InterleavedTimes(device, Rounds, seed);
        var sentinels = new Sentinels(definition, costs.Table);
        var models = networks.Select(pair => (pair.Key, ProbeModel.ForNetwork(definition.Resolve(pair.Value)))).Concat(sentinels.Models).ToList();
        var measured = await console.RunStageAsync("measure choices", times.Probes(models.Count), "probes", report =>
            times.RoundsAsync(models, (done, name) => report(done, name), cancellation));
        var slowness = sentinels.Slowness(measured.Skip(networks.Count).Select(Milliseconds));
        return networks.Keys.Zip(measured).ToDictionary(pair => pair.First, pair => (IReadOnlyList<double>)[.. pair.Second.Select(time => time / slowness)]);
    }

    private static int SlowerRounds(IEnumerable<double> slimmed, IEnumerable<double> parent) => slimmed.Zip(parent).Count(round => round.First >= round.Second);

    private static double Milliseconds(IReadOnlyList<double> rounds) => SampleStatistics.Of(rounds).MedianMicroseconds / 1000;

    private string Notice(string name, IReadOnlyDictionary<string, IReadOnlyList<double>> rounds) => FormattableString.Invariant(
        $"measure choices: '{name}' took {Milliseconds(rounds[name]):0.000} ms and {Parent} {Milliseconds(rounds[Parent]):0.000} ms, but was slower in {SlowerRounds(rounds[name], rounds[Parent])} of {Rounds} rounds only: too unsteady on '{device.Name}' to tell which is slower");

    private string Refusal(string name, ChannelConfiguration configuration, IReadOnlyDictionary<string, IReadOnlyList<double>> rounds)
    {
        var dearer = DearerOperator.Of(definition.Resolve(definition.Widest), definition.Resolve(configuration), costs.Table);
        var cause = dearer?.ToString() ?? "by the table no operator grew dearer, so the table no longer holds";
        return FormattableString.Invariant($"slimming made the network of '{name}' slower on '{device.Name}': {Milliseconds(rounds[name]):0.000} ms, and {Milliseconds(rounds[Parent]):0.000} ms before; {cause}; profile the device again when it is at rest");
    }
}
