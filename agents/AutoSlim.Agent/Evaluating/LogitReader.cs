using AutoSlim.Agent.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AutoSlim.Agent.Evaluating;

/// <summary>Reads a model's first output: as many values per image as there are.</summary>
internal sealed class LogitReader
{
    /// <summary>MessagePack writes a type byte before every float.</summary>
    private const int BytesPerLogit = 5;
    private const int EnvelopeBytes = 1024;

    private readonly OrtValue output;

    /// <exception cref="AgentException">The output is not one row of floats per image.</exception>
    public LogitReader(BoundModel model, int batch)
    {
        output = model.Outputs[0];
        var info = output.GetTensorTypeAndShape();
        if (info.ElementDataType != TensorElementType.Float || info.Shape.Length == 0 || info.Shape[0] != batch)
            throw new AgentException($"the model's first output is {info.ElementDataType} {string.Join('x', info.Shape)}, expected floats for {batch} images");
        Classes = (int)(info.ElementCount / batch);
    }

    public int Classes { get; }

    public long MessageBytes(int images) => ((long)images * Classes * BytesPerLogit) + EnvelopeBytes;

    /// <summary>Copies one run's rows, or as many as there is room for.</summary>
    public void CopyTo(Span<float> logits)
    {
        var rows = output.GetTensorDataAsSpan<float>();
        rows[..Math.Min(rows.Length, logits.Length)].CopyTo(logits);
    }
}
