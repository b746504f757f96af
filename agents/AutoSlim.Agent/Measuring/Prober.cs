using AutoSlim.Agent.Models;
using AutoSlim.Profiling;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AutoSlim.Agent.Measuring;

/// <summary>Answers probe requests: fetches the model, loads it and times it on a thread of its own.</summary>
internal sealed class Prober(AgentOptions options, ModelFetcher models)
{
    private const int InputSeed = 20190327;

    /// <exception cref="AgentException">The model cannot be fetched or run.</exception>
    public async Task<ProbeResult> MeasureAsync(ProbeRequest request, CancellationToken cancellation)
    {
        if (request.Problem() is string problem) return ProbeResult.Failed(problem);
        var onnx = await models.FetchAsync(request.ModelSha256, cancellation);
        return await Task.Factory.StartNew(() => Measure(onnx, request.Plan, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private ProbeResult Measure(byte[] onnx, MeasurementPlan plan, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromMilliseconds(plan.TimeLimitMilliseconds));
        try
        {
            using var model = new BoundModel(onnx, options.Threads, [], limit.Token);
            FillInputs(model);
            var result = new Measurement(plan, new(options.Threads, plan.MinimumCpuFraction), model.Run).Take();
            cancellation.ThrowIfCancellationRequested();
            return result;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(ProbeStatus.Unstable, [], 0, $"the first run took longer than the time limit of {plan.TimeLimitMilliseconds} ms");
        }
    }

    /// <summary>Zeros would be unfair: some processors and kernels are faster on them.</summary>
    private static void FillInputs(BoundModel model)
    {
        var random = new Random(InputSeed);
        foreach (var input in model.Inputs)
        {
            if (input.GetTensorTypeAndShape().ElementDataType != TensorElementType.Float) continue;
            foreach (ref var value in input.GetTensorMutableDataAsSpan<float>()) value = (random.NextSingle() * 2) - 1;
        }
    }
}
