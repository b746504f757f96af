using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Stages;

/// <summary>
/// Times several models against each other: in rounds, each in a new order and each model in a new session, so that what disturbs
/// the device disturbs all alike and no model keeps the luck of one session.
/// </summary>
internal sealed class InterleavedTimes(ConnectedDevice device, int rounds, ulong seed)
{
    public long Probes(int models) => (long)models * rounds;

    /// <summary>Milliseconds for one image, in the order of the models: the median over rounds of each round's median.</summary>
    /// <inheritdoc cref="RoundsAsync"/>
    public async Task<IReadOnlyList<double>> MeasureAsync(
        IReadOnlyList<(string Name, byte[] Model)> models, Action<int, string> onProbe, CancellationToken cancellation) =>
        [.. (await StatisticsAsync(models, onProbe, cancellation)).Select(statistics => statistics.MedianMicroseconds / 1000)];

    /// <summary>Of the rounds' medians, in the order of the models.</summary>
    /// <inheritdoc cref="RoundsAsync"/>
    public async Task<IReadOnlyList<SampleStatistics>> StatisticsAsync(
        IReadOnlyList<(string Name, byte[] Model)> models, Action<int, string> onProbe, CancellationToken cancellation) =>
        [.. (await RoundsAsync(models, onProbe, cancellation)).Select(SampleStatistics.Of)];

    /// <summary>Microseconds of each model, in the order of the models: the medians of its rounds, in the order of the rounds.</summary>
    /// <exception cref="DeviceBusyException">The device was too busy for a model, however often it was tried.</exception>
    /// <exception cref="CommandFailedException">A model could not be timed; names it and the reason.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<double>>> RoundsAsync(
        IReadOnlyList<(string Name, byte[] Model)> models, Action<int, string> onProbe, CancellationToken cancellation)
    {
        var medians = models.Select(_ => new List<double>()).ToList();
        var random = new SplitMix64(seed);
        var done = 0;
        for (var round = 0; round < rounds; round++)
        {
            var order = Enumerable.Range(0, models.Count).ToArray();
            random.Shuffle(order.AsSpan());
            foreach (var index in order)
            {
                medians[index].Add(await MedianAsync(models[index].Name, models[index].Model, cancellation));
                onProbe(++done, models[index].Name);
            }
        }

        return medians;
    }

    private async Task<double> MedianAsync(string name, byte[] model, CancellationToken cancellation)
    {
        var result = await device.MeasurePatientlyAsync(model, name, MeasurementPlan.Sitting, cancellation);
        if (result.Status == ProbeStatus.Ok) return SampleStatistics.Of(result.SamplesMicroseconds).MedianMicroseconds;
        var failure = $"device '{device.Name}' could not time '{name}': {result.Reason}";
        throw result.Status == ProbeStatus.Unstable ? new DeviceBusyException(failure) : new CommandFailedException(failure);
    }
}
