using AutoSlim.Networks;

namespace AutoSlim.Costs.Import.NetAdapt;

/// <summary>A layer's description in NetAdapt's lookup table.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Operator">At any width; null where none here does the same.</param>
/// <param name="Reason">Why there is none.</param>
/// <param name="Problems">Of the description; empty where it is complete.</param>
internal sealed record NetAdaptLayer(string Name, LayerSignature? Operator, string? Reason, IReadOnlyList<string> Problems)
{
    private static readonly string[] Keys = ["layer_type_str", "is_depthwise", "num_in_channels", "groups", "kernel_size", "stride", "padding", "input_feature_map_size"];

    public static NetAdaptLayer Of(string name, PickledMap map)
    {
        var missing = Keys.Where(key => map[key] is null).ToList();
        if (missing.Count > 0) return new(name, null, null, [$"layer '{name}' does not say its {string.Join(", ", missing)}"]);
        return map["layer_type_str"] switch
        {
            "Linear" => new(name, new(OperatorKind.Linear, new(0, 1, 1), 0), null, []),
            "Conv2d" => Convolution(name, map),
            var other => LeftOut(name, $"is a layer of kind {other as string ?? "?"}, which no network here has"),
        };
    }

    private static NetAdaptLayer Convolution(string name, PickledMap map)
    {
        if (Square(map["kernel_size"]) is not long kernel || Square(map["stride"]) is not long stride || Square(map["padding"]) is not long padding)
            return LeftOut(name, "has a window, stride or padding that is not square");
        if (map["is_depthwise"] is true && !Equals(map["groups"], map["num_in_channels"])) return LeftOut(name, "is a grouped convolution, neither dense nor depthwise");
        if (!Extents.IsKernel(kernel, out var window) || !Extents.IsKernel(stride, out var step) || padding < 0 || padding > Extents.MaximumKernel || Map(map["input_feature_map_size"], window, padding) is not TensorShape shape)
            return new(name, null, null, [$"layer '{name}' has a window, stride, padding or map out of range: expected windows and strides of 1 to {Extents.MaximumKernel}, and maps of 1 to {Extents.MaximumPixels} pixels that the window fits"]);
        var kind = map["is_depthwise"] is true ? OperatorKind.DepthwiseConvolution : OperatorKind.Convolution;
        return new(name, new(kind, shape, 0, window, step, (int)padding), null, []);
    }

    private static NetAdaptLayer LeftOut(string name, string reason) => new(name, null, reason, []);

    /// <summary>Both numbers of an equal pair.</summary>
    private static long? Square(object? value) => value is object?[] and [long first, long second] && first == second ? first : null;

    /// <summary>From batch, channels, height and width.</summary>
    private static TensorShape? Map(object? value, int window, long padding) =>
        value is List<object?> { Count: 4 } sizes && Extents.IsPixels(sizes[2], out var height) && Extents.IsPixels(sizes[3], out var width) && Math.Min(height, width) + 2 * padding >= window
            ? new(0, height, width)
            : null;
}
