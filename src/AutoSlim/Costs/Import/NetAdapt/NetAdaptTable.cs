using AutoSlim.Networks;

namespace AutoSlim.Costs.Import.NetAdapt;

/// <summary>
/// The lookup table of NetAdapt: an ordered dictionary from a layer's name to its description and to <c>latency</c>, a dictionary from
/// (input channels, output channels) to the mean seconds of one batch. Facts from denru01/netadapt: functions.py (get_network_def_from_model,
/// build_latency_lookup_table, measure_latency), constants.py (the keys), build_lookup_table.py (batch 128, 500 runs; neither is in the file).
/// A layer is timed without batch norm and activation, in a framework that runs it with a bias; what is no convolution and no fully
/// connected layer is not timed. Equal layers of a network share one dictionary, which counts once.
/// </summary>
internal static class NetAdaptTable
{
    /// <exception cref="FormatException">No such table.</exception>
    public static void Read(byte[] bytes, ForeignTimes times)
    {
        var (seen, names) = (new HashSet<object>(ReferenceEqualityComparer.Instance), new HashSet<string>());
        var count = 0L;
        foreach (var (key, value) in Layers(PlainPickle.Read(bytes)))
        {
            if (key is not string name || value is not PickledMap map) throw new FormatException("holds something else than layers by name: expected NetAdapt's lookup table");
            if (!names.Add(name)) times.Problem($"layer '{name}' comes twice");
            if (!seen.Add(map)) continue;
            if (map["latency"] is PickledMap { Items.Count: > 0 } latency && (count += latency.Items.Count) <= ForeignTimes.MaximumTimes) Read(NetAdaptLayer.Of(name, map), latency, times);
            else times.Problem(count > ForeignTimes.MaximumTimes ? $"more than {ForeignTimes.MaximumTimes:N0} times" : $"layer '{name}' has no 'latency'");
        }
    }

    private static List<KeyValuePair<object?, object?>> Layers(object? content) => content switch
    {
        PickledMap { Items.Count: > 0 } layers => layers.Items,
        List<object?> list => throw new FormatException($"is a list of {list.Count} dictionaries, as models/helloworld/lut.pkl of NetAdapt is: it does not say the layers' shapes; build it again with build_lookup_table.py"),
        _ => throw new FormatException("holds no layers: expected NetAdapt's lookup table, a dictionary of layers"),
    };

    private static void Read(NetAdaptLayer layer, PickledMap latency, ForeignTimes times)
    {
        foreach (var problem in layer.Problems) times.Problem(problem);
        if (layer.Problems.Count > 0) return;
        if (layer.Operator is LayerSignature any) Read(layer.Name, any, latency, times);
        else times.LeaveOut(layer.Name, latency.Items.Count, layer.Reason!);
    }

    private static void Read(string name, LayerSignature any, PickledMap latency, ForeignTimes times)
    {
        var seen = new HashSet<(int, int)>();
        foreach (var (key, value) in latency.Items)
        {
            if (Widths(key, any) is not (int input, int output) widths) times.Problem($"layer '{name}': the key of a time is {Text(key)}, expected two numbers of channels{(any.KeepsChannels ? ", equal in a depthwise layer" : "")}");
            else if (!seen.Add(widths)) times.Problem($"layer '{name}' has two times for {Text(key)}");
            else if (Number(value) is not double seconds) times.Problem($"layer '{name}': the time for {Text(key)} is no number");
            else times.Add($"{name} {Text(key)}", [any.WithChannels(input, output)], seconds, samples: 1);
        }
    }

    private static (int Input, int Output)? Widths(object? key, LayerSignature any)
    {
        if (key is not object?[] { Length: 2 } pair || !Extents.IsChannels(pair[0], out var input) || !Extents.IsChannels(pair[1], out var output)) return null;
        return any.KeepsChannels && input != output ? null : (input, output);
    }

    private static double? Number(object? value) => value switch { double number => number, long number => number, _ => null };

    private static string Text(object? key) => key is object?[] values ? $"({string.Join(", ", values.Take(3).Select(value => value is long number ? $"{number}" : "?"))})" : "no pair";
}
