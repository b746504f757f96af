using AutoSlim.Agent.Models;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Evaluating;

/// <summary>Answers evaluation requests: runs a model over all images and returns its first output.</summary>
internal sealed class Evaluator(AgentOptions options, ModelFetcher models)
{
    private const int PreferredBatch = 32;

    /// <exception cref="AgentException">Model or images cannot be fetched or do not fit together.</exception>
    public async Task<EvaluationResult> EvaluateAsync(EvaluationRequest request, CancellationToken cancellation)
    {
        if (request.Problem() is string problem) return EvaluationResult.Failed(problem);
        var onnx = await models.FetchAsync(request.ModelSha256, cancellation);
        var images = await models.FetchAsync(request.ImagesSha256, cancellation);
        if (images.LongLength != request.BlobBytes) return EvaluationResult.Failed($"the image blob has {images.LongLength} bytes, expected {request.BlobBytes}");
        return await Task.Factory.StartNew(() => Evaluate(onnx, images, request, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private EvaluationResult Evaluate(byte[] onnx, byte[] images, EvaluationRequest request, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromMilliseconds(request.TimeLimitMilliseconds));
        try
        {
            long[] shape = [Math.Min(PreferredBatch, request.Count), request.Channels, request.Height, request.Width];
            using var model = new BoundModel(onnx, options.Threads, shape, limit.Token);
            return Evaluate(model, new ImageFeed(model, images, request), request.Count, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return EvaluationResult.Failed($"the evaluation took longer than the time limit of {request.TimeLimitMilliseconds} ms");
        }
    }

    private static EvaluationResult Evaluate(BoundModel model, ImageFeed feed, int count, CancellationToken cancellation)
    {
        var output = new LogitReader(model, feed.Batch);
        if (output.MessageBytes(count) > ProfilerProtocol.MaximumMessageBytes)
            return EvaluationResult.Failed($"{count} images x {output.Classes} logits exceed a message of {ProfilerProtocol.MaximumMessageBytes} bytes: send fewer images at a time");
        var logits = new float[count * output.Classes];
        for (var first = 0; first < count; first += feed.Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            feed.Load(first);
            model.Run();
            output.CopyTo(logits.AsSpan(first * output.Classes));
        }

        return new(output.Classes, logits, null);
    }
}
