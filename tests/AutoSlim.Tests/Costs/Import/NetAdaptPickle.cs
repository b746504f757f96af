using System.Buffers.Binary;
using System.Text;
using AutoSlim.Networks;

namespace AutoSlim.Tests.Costs.Import;

/// <summary>Writes NetAdapt's lookup table as Python does in protocol 2: maps are lists of pairs, tuples arrays.</summary>
internal static class NetAdaptPickle
{
    /// <summary>A layer for each operator, timed at every given width; widths inside the operators do not matter.</summary>
    public static byte[] Of(IEnumerable<(LayerSignature Operator, IEnumerable<(int Input, int Output, double Seconds)> Times)> layers) =>
        Of([.. layers.Select((layer, index) => ((object?)$"layer{index}", (object?)Layer(layer.Operator, layer.Times)))]);

    public static byte[] Of(params IReadOnlyList<(object? Key, object? Value)> map) => [0x80, 2, .. Text("ccollections\nOrderedDict\n)R("), .. map.SelectMany(Pair), (byte)'u', (byte)'.'];

    public static byte[] Plain(object? value) => [0x80, 2, .. Value(value), (byte)'.'];

    public static List<(object? Key, object? Value)> Layer(LayerSignature any, IEnumerable<(int Input, int Output, double Seconds)> times) =>
    [
        ("layer_type_str", any.Kind == OperatorKind.Linear ? "Linear" : "Conv2d"),
        ("is_depthwise", any.Kind == OperatorKind.DepthwiseConvolution),
        ("num_in_channels", any.Input.Channels),
        ("num_out_channels", any.OutputChannels),
        ("groups", any.Kind == OperatorKind.DepthwiseConvolution ? any.Input.Channels : 1),
        ("kernel_size", new object?[] { any.Kernel, any.Kernel }),
        ("stride", new object?[] { any.Stride, any.Stride }),
        ("padding", new object?[] { any.Padding, any.Padding }),
        ("input_feature_map_size", new List<object?> { 1, any.Input.Channels, any.Input.Height, any.Input.Width }),
        ("latency", times.Select(time => ((object?)new object?[] { time.Input, time.Output }, (object?)time.Seconds)).ToList()),
    ];

    private static IEnumerable<byte> Pair((object? Key, object? Value) pair) => [.. Value(pair.Key), .. Value(pair.Value)];

    private static IEnumerable<byte> Value(object? value) => value switch
    {
        null => Text("N"),
        bool flag => [(byte)(flag ? 0x88 : 0x89)],
        int number => [(byte)'J', .. BitConverter.GetBytes(number)],
        double number => [(byte)'G', .. BigEndian(number)],
        string text => [(byte)'X', .. BitConverter.GetBytes(text.Length), .. Text(text)],
        object?[] tuple => [(byte)'(', .. tuple.SelectMany(Value), (byte)'t'],
        List<object?> list => [.. Text("]("), .. list.SelectMany(Value), (byte)'e'],
        List<(object? Key, object? Value)> map => [.. Text("}("), .. map.SelectMany(Pair), (byte)'u'],
        _ => throw new ArgumentException($"no value of a table: {value.GetType()}", nameof(value)),
    };

    private static byte[] BigEndian(double number)
    {
        var bytes = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);
}
