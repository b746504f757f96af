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
    private const string Parent = "the widest network";

    /// <summary>Milliseconds of each network, by its name, see <see cref="TimesAsync"/>.</summary>
    public async Task<IReadOnlyDictionary<string, double>> MeasureAsync(
        IReadOnlyDictionary<string, ChannelConfiguration> networks, ulong seed, CancellationToken cancellation) =>
        (await TimesAsync(networks, seed, cancellation)).ToDictionary(pair => pair.Key, pair => Milliseconds(pair.Value));

    /// <summary>
    /// How long each network takes, by its name, in the time of the table, which the sentinels tell: a moment in which the
    /// whole device is slower says nothing about the prices.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, SampleStatistics>> TimesAsync(
        IReadOnlyDictionary<string, ChannelConfiguration> networks, ulong seed, CancellationToken cancellation)
    {
        var times = new InterleavedTimes(device, Rounds, seed);
        var sentinels = new Sentinels(definition, costs.Table);
        var models = networks.Select(pair => (pair.Key, ProbeModel.ForNetwork(definition.Resolve(pair.Value)))).Concat(sentinels.Models).ToList();
        var measured = await console.RunStageAsync("measure choices", times.Probes(models.Count), "probes", report =>
            times.StatisticsAsync(models, (done, name) => report(done, name), cancellation));
        var slowness = sentinels.Slowness(measured.Skip(networks.Count).Select(Milliseconds));
        return networks.Keys.Zip(measured).ToDictionary(pair => pair.First, pair => pair.Second.DividedBy(slowness));
    }

    /// <summary>
    /// The same for slimmed networks, which must be quicker than what they were slimmed from. One that only seems slower, its rounds
    /// overlapping, is told and no more: a device that changes its speed by half between two rounds shows anything.
    /// </summary>
    /// <exception cref="CommandFailedException">One is slower beyond doubt; names the operator that grew dearest.</exception>
    public async Task<IReadOnlyDictionary<string, SampleStatistics>> SlimmedTimesAsync(
        IReadOnlyDictionary<string, ChannelConfiguration> slimmed, ulong seed, CancellationToken cancellation)
    {
        var times = await TimesAsync(slimmed.Append(new(Parent, definition.Widest)).ToDictionary(), seed, cancellation);
        var suspects = slimmed.Where(network => !network.Value.Equals(definition.Widest) && times[network.Key].MedianMicroseconds >= times[Parent].MedianMicroseconds).ToList();
        var slower = suspects.Where(network => times[network.Key].LowerMicroseconds >= times[Parent].UpperMicroseconds).ToList();
        if (slower.Count > 0) throw new CommandFailedException(string.Join(Environment.NewLine, slower.Select(network => Refusal(network.Key, network.Value, times))));
        foreach (var (name, _) in suspects) console.WriteLine($"measure choices: '{name}' took {Range(times[name])} ms and {Parent} {Range(times[Parent])}: too unsteady on '{device.Name}' to tell which is slower");
        return slimmed.Keys.ToDictionary(name => name, name => times[name]);
    }

    private static string Range(SampleStatistics statistics) =>
        FormattableString.Invariant($"{Milliseconds(statistics):0.000} ({statistics.LowerMicroseconds / 1000:0.000} to {statistics.UpperMicroseconds / 1000:0.000})");

    private static double Milliseconds(SampleStatistics statistics) => statistics.MedianMicroseconds / 1000;

    private string Refusal(string name, ChannelConfiguration configuration, IReadOnlyDictionary<string, SampleStatistics> times)
    {
        var dearer = DearerOperator.Of(definition.Resolve(definition.Widest), definition.Resolve(configuration), costs.Table);
        var cause = dearer?.ToString() ?? "by the table no operator grew dearer, so the table no longer holds";
        return FormattableString.Invariant($"slimming made the network of '{name}' slower on '{device.Name}': {Milliseconds(times[name]):0.000} ms, and {Milliseconds(times[Parent]):0.000} ms before; {cause}; profile the device again when it is at rest");
    }
}
