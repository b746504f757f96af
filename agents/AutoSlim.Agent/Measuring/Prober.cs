using AutoSlim.Agent.Conditions;
using AutoSlim.Agent.Limits;
using AutoSlim.Agent.Models;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Measuring;

/// <summary>Loads a model and times it on the calling thread.</summary>
/// <param name="settings">Of the runtime.</param>
/// <param name="quota">That the system keeps this process to.</param>
/// <param name="device">Tells of heat and battery.</param>
internal sealed class Prober(RuntimeSettings settings, ProcessorQuota quota, DeviceWatch device)
{
    /// <exception cref="AgentException">The model cannot be run.</exception>
    public ProbeResult Measure(byte[] onnx, MeasurementPlan plan) => Time(onnx, plan) with { Conditions = device.Conditions() };

    public ProbeResult Failed(string reason) => ProbeResult.Failed(reason) with { Conditions = device.Conditions() };

    private ProbeResult Time(byte[] onnx, MeasurementPlan plan)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(plan.TimeLimitMilliseconds));
        try
        {
            using var model = new BoundModel(onnx, settings, [], limit.Token);
            var random = new Random(InputTensor.Seed);
            foreach (var input in model.Inputs) InputTensor.Fill(input, random);
            using var queue = settings.Threads > 1 ? RunQueue.Open() : null;
            var gate = new CpuGate(settings.Threads, quota, plan.MinimumCpuFraction, queue);
            return new Measurement(plan, gate, new(device.Trip, TimeProvider.System), model.Run).Take();
        }
        catch (OperationCanceledException)
        {
            return new(ProbeStatus.Unstable, [], 0, $"the first run took longer than the time limit of {plan.TimeLimitMilliseconds} ms", DeviceConditions.Unknown);
        }
    }
}
