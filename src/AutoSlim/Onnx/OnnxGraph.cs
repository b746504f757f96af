using System.Runtime.InteropServices;
using AutoSlim.Onnx.Proto;
using Google.Protobuf;

namespace AutoSlim.Onnx;

/// <summary>Collects the parts of one ONNX model. The same calls give the same bytes.</summary>
internal sealed class OnnxGraph
{
    private const int IrVersion = 8;
    private const int OpsetVersion = 17;
    private const int Float32 = 1;
    private const string Producer = "AutoSlim";

    private readonly ModelProto model;
    private readonly HashSet<string> initializers = [];

    public OnnxGraph(string name)
    {
        model = new() { IrVersion = IrVersion, ProducerName = Producer, Graph = new() { Name = name } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = OpsetVersion });
    }

    public void Input(string name, params IEnumerable<OnnxDimension> shape) => model.Graph.Input.Add(Value(name, shape));

    public void Output(string name, params IEnumerable<OnnxDimension> shape) => model.Graph.Output.Add(Value(name, shape));

    public void Metadata(string key, string value) => model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });

    /// <summary>A constant tensor; a second one of the same name is taken for the same.</summary>
    public string Constant(string name, IEnumerable<long> shape, float[] values)
    {
        if (!initializers.Add(name)) return name;
        var bytes = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
        model.Graph.Initializer.Add(new TensorProto { Name = name, DataType = Float32, Dims = { shape }, RawData = bytes });
        return name;
    }

    public void Node(string operation, string output, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes) =>
        model.Graph.Node.Add(new NodeProto { OpType = operation, Name = output, Input = { inputs }, Output = { output }, Attribute = { attributes } });

    public byte[] ToBytes() => model.ToByteArray();

    private static ValueInfoProto Value(string name, IEnumerable<OnnxDimension> shape)
    {
        var dimensions = shape.Select(it => it.Symbol is null
            ? new TensorShapeProto.Types.Dimension { DimValue = it.Size }
            : new TensorShapeProto.Types.Dimension { DimParam = it.Symbol });
        var tensor = new TypeProto.Types.Tensor { ElemType = Float32, Shape = new() { Dim = { dimensions } } };
        return new() { Name = name, Type = new() { TensorType = tensor } };
    }
}
