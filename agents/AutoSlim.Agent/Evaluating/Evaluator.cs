using AutoSlim.Agent.Models;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Evaluating;

/// <summary>Runs a model over all images and returns its first output.</summary>
/// <param name="settings">Of the runtime.</param>
internal sealed class Evaluator(RuntimeSettings settings)
{
    private const int PreferredBatch = 32;

    /// <exception cref="AgentException">The model cannot be run, or images and model do not fit together.</exception>
    public EvaluationResult Evaluate(byte[] onnx, byte[] images, EvaluationRequest request)
    {
        if (images.LongLength != request.BlobBytes) return EvaluationResult.Failed($"the image blob has {images.LongLength} bytes, expected {request.BlobBytes}");
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(request.TimeLimitMilliseconds));
        try
        {
            long[] shape = [Math.Min(PreferredBatch, request.Count), request.Channels, request.Height, request.Width];
            using var model = new BoundModel(onnx, settings, shape, limit.Token);
            return Evaluate(model, new ImageFeed(model, images, request), request.Count, limit.Token);
        }
        catch (OperationCanceledException)
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
