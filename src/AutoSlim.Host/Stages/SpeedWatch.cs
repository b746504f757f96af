using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Stages;

/// <summary>One operator that is timed again and again while others are measured: it tells whether the device still runs as it did when the watch began.</summary>
internal sealed class SpeedWatch
{
    /// <summary>A drift beyond it that stays is another state of the device.</summary>
    public const double LostShare = 0.05;

    /// <summary>A device at rest drifts less.</summary>
    private const double SteadyShare = 0.02;

    private const int Beginnings = 5;

    /// <summary>Of its own: the operator's repeats lie within 1 % on a device at rest.</summary>
    public static MeasurementPlan Plan { get; } = new() { MinimumSamples = 9, MaximumSamples = 15 };

    private static readonly ProbeEntry Watched = ProbeEntry.Operator(DeviceAlignment.Probes[^1]);

    private readonly ConnectedDevice device;
    private readonly double beginningMicroseconds;

    private SpeedWatch(ConnectedDevice device, double beginningMicroseconds) => (this.device, this.beginningMicroseconds) = (device, beginningMicroseconds);

    /// <summary>A drift beyond it, and what was measured before counts for nothing.</summary>
    public double Tolerance { get; private set; } = SteadyShare;

    /// <summary>Begins with the device as it is now.</summary>
    /// <exception cref="CommandFailedException">The device could not time the operator.</exception>
    public static async Task<SpeedWatch> BeginAsync(ConnectedDevice watched, CancellationToken cancellation)
    {
        var device = watched.Afresh();
        var times = new List<double>();
        for (var time = 0; time < Beginnings; time++) times.Add(await MicrosecondsAsync(device, cancellation));
        return new(device, SampleStatistics.Of(times).MedianMicroseconds);
    }

    /// <summary>How much slower the device is now than at the beginning: 0.01 is 1 % slower.</summary>
    /// <exception cref="CommandFailedException">The device could not time the operator.</exception>
    public async Task<double> DriftAsync(CancellationToken cancellation) => await MicrosecondsAsync(device, cancellation) / beginningMicroseconds - 1;

    /// <summary>Takes a small drift that no pause cured for the device's way from here on: waiting for it each time would never end.</summary>
    public void Loosen() => Tolerance = LostShare;

    /// <summary>How much slower the device is at the beginning of this watch than at that of an earlier one.</summary>
    public double DriftFrom(SpeedWatch earlier) => beginningMicroseconds / earlier.beginningMicroseconds - 1;

    private static async Task<double> MicrosecondsAsync(ConnectedDevice device, CancellationToken cancellation) =>
        SampleStatistics.Of((await device.ProbeAsync(Watched, Plan, cancellation)).SamplesMicroseconds).MedianMicroseconds;
}
