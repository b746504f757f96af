using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AutoSlim.Agent.Models;

/// <summary>What a model that is measured gets to see.</summary>
internal static class InputTensor
{
    public const int Seed = 20190327;

    /// <summary>Zeros.</summary>
    /// <param name="name">Of the input.</param>
    /// <param name="input">What the model says of it.</param>
    /// <param name="wantedShape">What open dimensions become, by position; 1 beyond its end.</param>
    /// <exception cref="AgentException">The input is no tensor.</exception>
    public static OrtValue Allocate(string name, NodeMetadata input, IReadOnlyList<long> wantedShape)
    {
        if (!input.IsTensor) throw new AgentException($"input '{name}' is not a tensor");
        long[] shape = [.. input.Dimensions.Select((size, axis) => size > 0 ? size : axis < wantedShape.Count ? wantedShape[axis] : 1L)];
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, input.ElementDataType, shape);
        value.GetTensorMutableRawData().Clear();
        return value;
    }

    /// <summary>Zeros would be unfair: some processors and kernels are faster on them.</summary>
    public static void Fill(OrtValue input, Random random)
    {
        if (input.GetTensorTypeAndShape().ElementDataType != TensorElementType.Float) return;
        foreach (ref var value in input.GetTensorMutableDataAsSpan<float>()) value = (random.NextSingle() * 2) - 1;
    }
}
