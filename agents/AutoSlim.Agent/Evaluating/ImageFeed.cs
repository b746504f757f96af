using AutoSlim.Agent.Models;
using AutoSlim.Profiling;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AutoSlim.Agent.Evaluating;

/// <summary>Puts images into a model's only input, batch by batch; what is left of a last, short batch keeps older images.</summary>
internal sealed class ImageFeed
{
    private readonly OrtValue input;
    private readonly byte[] images;
    private readonly bool scaled;
    private readonly int imageBytes;

    /// <exception cref="AgentException">The model does not take such images.</exception>
    public ImageFeed(BoundModel model, byte[] images, EvaluationRequest request)
    {
        if (model.Inputs.Count != 1) throw new AgentException($"the model has {model.Inputs.Count} inputs, expected 1");
        input = model.Inputs[0];
        this.images = images;
        var info = input.GetTensorTypeAndShape();
        long[] image = [request.Channels, request.Height, request.Width];
        if (info.Shape.Length != 4 || !info.Shape.AsSpan(1).SequenceEqual(image))
            throw new AgentException($"the model takes {string.Join('x', info.Shape)}, the images are {string.Join('x', image)}");
        Batch = (int)info.Shape[0];
        imageBytes = (int)(request.BlobBytes / request.Count);
        scaled = (request.Element, info.ElementDataType) switch
        {
            (ImageElement.EightBit, TensorElementType.Float) => true,
            (ImageElement.EightBit, TensorElementType.UInt8) or (ImageElement.SinglePrecision, TensorElementType.Float) => false,
            _ => throw new AgentException($"the model takes {info.ElementDataType}, the images are {request.Element}"),
        };
    }

    /// <summary>Images per run, as the model's input has it.</summary>
    public int Batch { get; }

    public void Load(int first)
    {
        var start = (long)first * imageBytes;
        var batch = images.AsSpan((int)start, (int)Math.Min((long)Batch * imageBytes, images.Length - start));
        if (!scaled)
        {
            batch.CopyTo(input.GetTensorMutableRawData());
            return;
        }

        var values = input.GetTensorMutableDataAsSpan<float>();
        for (var i = 0; i < batch.Length; i++) values[i] = batch[i] / (float)byte.MaxValue;
    }
}
