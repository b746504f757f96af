using System.Diagnostics;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Measuring;

/// <summary>One entry's measurement, stage by stage: warm up and learn how long a run lasts, then take samples until the stopping rule is content.</summary>
internal sealed class Measurement(MeasurementPlan plan, CpuGate gate, TripWatch watch, Action run)
{
    /// <summary>Giving the processor away after a preemption makes the scheduler favour us next time.</summary>
    private const int PauseMilliseconds = 1;

    private readonly StoppingRule rule = new(plan);
    private readonly List<double> keptMicroseconds = [];
    private readonly long start = Stopwatch.GetTimestamp();
    private int dropped;

    /// <summary>Ends with what it has when a run is interrupted or the device is too hot. The conditions are left to others.</summary>
    public ProbeResult Take()
    {
        try
        {
            if (!watch.Trips()) TakeSamples();
        }
        catch (OperationCanceledException)
        {
            // Out of time: the verdict says so.
        }

        return Verdict();
    }

    private void TakeSamples()
    {
        var batch = RunsPerSample(WarmUp());
        while (rule.NeedsAnother(keptMicroseconds, dropped, Stopwatch.GetElapsedTime(start)) && !TripsMeanwhile()) Sample(batch);
    }

    /// <summary>A look leaves the caches to the system: the run after it belongs to no sample.</summary>
    private bool TripsMeanwhile()
    {
        if (!watch.IsDue) return false;
        if (watch.Trips()) return true;
        run();
        return false;
    }

    /// <returns>The fastest run, in microseconds.</returns>
    private double WarmUp()
    {
        var warmUp = new WarmUpRule(plan);
        while (warmUp.NeedsAnother(Stopwatch.GetElapsedTime(start))) warmUp.Add(gate.Time(run).WallMicroseconds);
        return warmUp.FastestMicroseconds;
    }

    private int RunsPerSample(double runMicroseconds) => (int)Math.Clamp(Math.Ceiling(Math.Max(plan.SampleMilliseconds, gate.MinimumMilliseconds) * 1000 / gate.Stretched(runMicroseconds)), 1, 1e6);

    private void Sample(int batch)
    {
        var (wallMicroseconds, clean) = gate.Time(() =>
        {
            for (var i = 0; i < batch; i++) run();
        });
        if (clean)
        {
            keptMicroseconds.Add(wallMicroseconds / batch);
            return;
        }

        dropped++;
        Thread.Sleep(PauseMilliseconds);
        run();
    }

    private ProbeResult Verdict()
    {
        if (watch.Trips()) return Failing(ProbeStatus.Thermal, watch.Reason!);
        var attempts = keptMicroseconds.Count + dropped;
        if (rule.LosesTooMany(keptMicroseconds.Count, dropped))
            return Failing(ProbeStatus.Unstable, $"{dropped} of {attempts} samples were preempted: the device is busy with something else");
        return keptMicroseconds.Count < plan.MinimumSamples
            ? Failing(ProbeStatus.Unstable, $"{keptMicroseconds.Count} samples within {plan.TimeLimitMilliseconds} ms, expected at least {plan.MinimumSamples}")
            : new(ProbeStatus.Ok, keptMicroseconds, dropped, null, DeviceConditions.Unknown);
    }

    private ProbeResult Failing(ProbeStatus status, string reason) => new(status, keptMicroseconds, dropped, reason, DeviceConditions.Unknown);
}
