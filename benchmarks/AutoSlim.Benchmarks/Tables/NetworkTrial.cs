using System.Diagnostics;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;

namespace AutoSlim.Benchmarks.Tables;

/// <summary>One network: its table, and random configurations of it measured and predicted.</summary>
internal sealed class NetworkTrial(StageConsole console, TextWriter notices, ConnectedDevice device, string profiles)
{
    private const double Tenth = 0.1;

    public async Task<NetworkRow> RunAsync(NetworkDefinition definition, int configurations, ulong seed, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var costs = await new ProfileStage(console, notices, profiles) { ChecksDrift = false }.RunAsync(definition, device, seed, cancellation);
        var minutes = clock.Elapsed.TotalMinutes;
        var drawn = RandomConfigurations.Draw(definition, costs.Table.Alignment, configurations, seed);
        var measured = await MeasureAsync(definition, costs, drawn, seed, cancellation);
        var rivals = RivalLaws.Of(definition, costs.Table, await new LoneOperators(console, device).MeasureAsync(definition, costs.Table, cancellation));
        var ours = Errors(costs.Latency!.Price);
        var bound = costs.Latency.Calibration.MaximumRelativeError;
        return new(
            definition.Name, drawn.Count, 100 * ours.Average(), 100 * ours.Max(), Share(ours, Tenth), 100 * bound, Share(ours, bound),
            100 * Errors(rivals.Sum).Average(), 100 * Errors(rivals.Scale).Average(), 100 * Errors(rivals.MultiplyAdds).Average(),
            measured.Min(), measured.Max(), costs.Table.Measurements.Count, minutes);

        IReadOnlyList<double> Errors(Func<ResolvedNetwork, double> law) => [.. drawn.Zip(measured, (network, milliseconds) => Math.Abs(law(network) / milliseconds - 1))];
    }

    private static double Share(IReadOnlyList<double> errors, double limit) => 100.0 * errors.Count(error => error <= limit) / errors.Count;

    /// <summary>In the time of the table, as a search measures what it chose.</summary>
    private async Task<IReadOnlyList<double>> MeasureAsync(
        NetworkDefinition definition, DeviceCosts costs, IReadOnlyList<ResolvedNetwork> drawn, ulong seed, CancellationToken cancellation)
    {
        var named = drawn.Index().ToDictionary(network => $"random {network.Index + 1}", network => network.Item.Configuration);
        var measured = await new SettleStage(console, definition, device, costs).MeasureAsync(named, seed, cancellation);
        return [.. named.Keys.Select(name => measured[name])];
    }
}
