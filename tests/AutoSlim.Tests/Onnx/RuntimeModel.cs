using AutoSlim.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace AutoSlim.Tests.Onnx;

/// <summary>A model in ONNX Runtime.</summary>
internal static class RuntimeModel
{
    /// <summary>Runs a model with one output; inputs by name, symbolic dimensions as <paramref name="batch"/>.</summary>
    public static (long[] Shape, float[] Values) Run(byte[] model, int batch, params float[][] inputs)
    {
        using var session = new InferenceSession(model);
        var names = session.InputNames;
        var values = names.Zip(inputs, (name, values) => Value(session.InputMetadata[name], batch, values)).ToList();
        using var results = session.Run(new RunOptions(), names, values, session.OutputNames);
        foreach (var value in values) value.Dispose();
        return (results[0].GetTensorTypeAndShape().Shape, results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    public static ModelProto Parse(byte[] model) => ModelProto.Parser.ParseFrom(model);

    private static OrtValue Value(NodeMetadata input, int batch, float[] values) =>
        OrtValue.CreateTensorValueFromMemory(values, [.. input.Dimensions.Select(size => size < 0 ? (long)batch : size)]);
}
