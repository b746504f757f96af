using System.Runtime.InteropServices;
using AutoSlim.Onnx.Proto;
using Google.Protobuf;

namespace AutoSlim.Tests.Common;

/// <summary>ONNX files of a few hundred bytes, built from the format's own messages.</summary>
internal static class SmallModels
{
    private const int FloatType = 1;

    /// <summary>A 3x3 convolution with equal weights, padded, on one image.</summary>
    public static byte[] Convolution(int inputs, int outputs, int size)
    {
        var weights = Enumerable.Repeat(0.01f, outputs * inputs * 9).ToArray();
        var node = new NodeProto { OpType = "Conv", Input = { "x", "w" }, Output = { "y" }, Attribute = { Integers("kernel_shape", 3, 3), Integers("pads", 1, 1, 1, 1) } };
        return Model([node], [Tensor("w", weights, outputs, inputs, 3, 3)], Value("x", 1, inputs, size, size), Value("y", 1, outputs, size, size));
    }

    /// <summary>Two logits per image: the sum of its values, and minus the sum.</summary>
    /// <param name="batch">Null for any.</param>
    public static byte[] SumAndItsNegative(int? batch, int channels, int size)
    {
        var values = channels * size * size;
        var weights = Enumerable.Range(0, values).SelectMany(_ => new[] { 1f, -1f }).ToArray();
        var flatten = new NodeProto { OpType = "Flatten", Input = { "x" }, Output = { "f" } };
        var multiply = new NodeProto { OpType = "MatMul", Input = { "f", "w" }, Output = { "y" } };
        return Model([flatten, multiply], [Tensor("w", weights, values, 2)], Value("x", batch ?? -1, channels, size, size), Value("y", batch ?? -1, 2));
    }

    /// <summary>A chain of convolutions that keeps a processor busy for a while.</summary>
    public static byte[] Slow()
    {
        const int Channels = 64;
        const int Size = 112;
        var weights = Tensor("w", Enumerable.Repeat(0.001f, Channels * Channels * 9).ToArray(), Channels, Channels, 3, 3);
        var chain = Enumerable.Range(0, 20).Select(i => new NodeProto
        {
            OpType = "Conv",
            Input = { i == 0 ? "x" : $"t{i}", "w" },
            Output = { i == 19 ? "y" : $"t{i + 1}" },
            Attribute = { Integers("kernel_shape", 3, 3), Integers("pads", 1, 1, 1, 1) },
        });
        return Model([.. chain], [weights], Value("x", 1, Channels, Size, Size), Value("y", 1, Channels, Size, Size));
    }

    private static byte[] Model(NodeProto[] nodes, TensorProto[] weights, ValueInfoProto input, ValueInfoProto output) => new ModelProto
    {
        IrVersion = 8,
        OpsetImport = { new OperatorSetIdProto { Version = 17 } },
        Graph = new GraphProto { Name = "small", Node = { nodes }, Initializer = { weights }, Input = { input }, Output = { output } },
    }.ToByteArray();

    private static TensorProto Tensor(string name, float[] values, params long[] shape) =>
        new() { Name = name, DataType = FloatType, Dims = { shape }, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)) };

    private static AttributeProto Integers(string name, params long[] values) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    private static ValueInfoProto Value(string name, params int[] shape) => new()
    {
        Name = name,
        Type = new() { TensorType = new() { ElemType = FloatType, Shape = new() { Dim = { shape.Select(Dimension) } } } },
    };

    private static TensorShapeProto.Types.Dimension Dimension(int size) => size < 0 ? new() { DimParam = "N" } : new() { DimValue = size };
}
