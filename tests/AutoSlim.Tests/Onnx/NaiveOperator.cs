using AutoSlim.Networks;
using AutoSlim.Onnx;

namespace AutoSlim.Tests.Onnx;

/// <summary>One fused operator in plain loops, summed in double precision.</summary>
internal static class NaiveOperator
{
    public static float[] Run(LayerSignature signature, IReadOnlyList<float[]> inputs, FoldedWeights? weights)
    {
        var output = signature.Kind switch
        {
            OperatorKind.Convolution => Convolution(signature, inputs[0], weights!, signature.Input.Channels),
            OperatorKind.DepthwiseConvolution => Convolution(signature, inputs[0], weights!, 1),
            OperatorKind.Addition => [.. inputs[0].Zip(inputs[1], (left, right) => left + right)],
            OperatorKind.Scaling => [.. inputs[0].Chunk(signature.Input.Height * signature.Input.Width).Zip(inputs[1]).SelectMany(pair => pair.First.Select(value => value * pair.Second))],
            OperatorKind.MaxPooling => MaxPooling(signature, inputs[0]),
            OperatorKind.GlobalAveragePooling => [.. inputs[0].Chunk(signature.Input.Height * signature.Input.Width).Select(map => map.Average())],
            _ => Linear(signature, inputs[0], weights!),
        };
        return [.. output.Select(value => Activate(signature.Activation, value))];
    }

    private static float Activate(Activation activation, float value) => activation switch
    {
        Activation.Relu => Math.Max(0, value),
        Activation.Relu6 => Math.Min(6, Math.Max(0, value)),
        Activation.HardSigmoid => Math.Min(1, Math.Max(0, value / 6 + 0.5f)),
        Activation.HardSwish => value * Activate(Activation.HardSigmoid, value),
        _ => value,
    };

    private static float[] Convolution(LayerSignature signature, float[] input, FoldedWeights weights, int inputsPerFilter)
    {
        var output = new float[signature.Output.Elements];
        var (filter, at) = (inputsPerFilter * signature.Kernel * signature.Kernel, 0);
        for (var channel = 0; channel < signature.OutputChannels; channel++)
        {
            var firstInput = signature.Kind == OperatorKind.DepthwiseConvolution ? channel : 0;
            var kernel = weights.Kernel.AsSpan(channel * filter, filter);
            for (var row = 0; row < signature.Output.Height; row++)
                for (var column = 0; column < signature.Output.Width; column++)
                    output[at++] = (float)(weights.Bias[channel] + Window(signature, input, kernel, firstInput, row, column));
        }

        return output;
    }

    private static double Window(LayerSignature signature, float[] input, ReadOnlySpan<float> kernel, int firstInput, int row, int column)
    {
        double sum = 0;
        var (shape, size) = (signature.Input, signature.Kernel);
        var (top, left) = (row * signature.Stride - signature.Padding, column * signature.Stride - signature.Padding);
        for (var y = Math.Max(0, top); y < Math.Min(shape.Height, top + size); y++)
            for (var x = Math.Max(0, left); x < Math.Min(shape.Width, left + size); x++)
                for (int i = (y - top) * size + x - left, at = Index(shape, firstInput, y, x); i < kernel.Length; i += size * size, at += shape.Height * shape.Width)
                    sum += kernel[i] * input[at];
        return sum;
    }

    private static float[] MaxPooling(LayerSignature signature, float[] input)
    {
        var output = new float[signature.Output.Elements];
        Array.Fill(output, float.NegativeInfinity);
        for (var at = 0; at < output.Length; at++)
            for (var i = 0; i < signature.Kernel * signature.Kernel; i++)
            {
                var y = at / signature.Output.Width % signature.Output.Height * signature.Stride - signature.Padding + i / signature.Kernel;
                var x = at % signature.Output.Width * signature.Stride - signature.Padding + i % signature.Kernel;
                var channel = at / (signature.Output.Height * signature.Output.Width);
                if (Inside(signature.Input, y, x)) output[at] = Math.Max(output[at], input[Index(signature.Input, channel, y, x)]);
            }

        return output;
    }

    private static float[] Linear(LayerSignature signature, float[] input, FoldedWeights weights) =>
    [
        .. Enumerable.Range(0, signature.OutputChannels).Select(output =>
            (float)(weights.Bias[output] + input.Index().Sum(it => (double)it.Item * weights.Kernel[output * input.Length + it.Index]))),
    ];

    private static bool Inside(TensorShape shape, int y, int x) => y >= 0 && y < shape.Height && x >= 0 && x < shape.Width;

    private static int Index(TensorShape shape, int channel, int y, int x) => (channel * shape.Height + y) * shape.Width + x;
}
