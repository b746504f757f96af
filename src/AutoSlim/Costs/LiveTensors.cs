using System.Runtime.CompilerServices;
using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>
/// Which tensors must be in memory while a layer runs, whatever the order of the layers: what it reads, what it writes, and what is there
/// already and is read again later. An addition costs nothing: the convolution before it adds into the other tensor.
/// </summary>
internal sealed class LiveTensors
{
    private const int Image = -1;

    private static readonly ConditionalWeakTable<NetworkDefinition, LiveTensors> Known = [];

    private readonly IReadOnlyList<Layer> layers;
    private readonly Dictionary<string, int> places = new() { [NetworkDefinition.InputName] = Image };
    private readonly ILookup<int, int> readers;
    private readonly HashSet<int>[] earlier;
    private readonly int[][] sets;

    private LiveTensors(IReadOnlyList<Layer> layers)
    {
        this.layers = layers;
        foreach (var (place, layer) in layers.Index()) places[layer.Name] = place;
        readers = layers.Index().SelectMany(pair => pair.Item.Inputs, (pair, input) => (Tensor: places[input], Reader: pair.Index)).ToLookup(pair => pair.Tensor, pair => pair.Reader);
        earlier = new HashSet<int>[layers.Count];
        foreach (var (place, layer) in layers.Index()) earlier[place] = [.. Inputs(layer).SelectMany(input => input == Image ? [] : earlier[input]), .. Inputs(layer)];
        sets = [.. layers.Select((layer, place) => At(layer, place))];
    }

    public static LiveTensors Of(NetworkDefinition definition) => Known.GetValue(definition, it => new(it.Layers));

    /// <summary>Elements alive while each layer runs.</summary>
    /// <param name="network">Of this definition.</param>
    /// <param name="block">Channels that a tensor is filled up to a multiple of.</param>
    /// <param name="holdsImage">Whether the caller keeps the image until the end.</param>
    public IEnumerable<long> Elements(ResolvedNetwork network, int block, bool holdsImage)
    {
        long[] sizes = [.. network.Layers.Select(layer => Filled(layer.Output, block).Elements)];
        var image = network.Input.Elements;
        foreach (var set in sets)
            yield return set.Sum(tensor => tensor == Image ? image : sizes[tensor]) + (holdsImage && !set.Contains(Image) ? image : 0);
    }

    private static TensorShape Filled(TensorShape shape, int block) => shape with { Channels = (shape.Channels + block - 1) / block * block };

    private IEnumerable<int> Inputs(Layer layer) => layer.Inputs.Select(input => places[input]);

    private int[] At(Layer layer, int place)
    {
        var held = earlier[place].Where(tensor => readers[tensor].Any(reader => earlier[reader].Contains(place)));
        if (layer is Addition && Inputs(layer).Any(IsAddedInPlace)) return [.. held.Except(Inputs(layer)), place];
        var alive = Inputs(layer).Union(held);
        return [.. WritesInPlace(layer, place) ? alive : alive.Append(place)];
    }

    private bool WritesInPlace(Layer layer, int place) => layer is Addition or Scaling
        || (IsAddedInPlace(place) && Inputs(layers[readers[place].First()]).Any(other => other != place && earlier[place].Contains(other)));

    /// <summary>Whether a tensor is a convolution's that only an addition reads.</summary>
    private bool IsAddedInPlace(int tensor) =>
        tensor != Image && layers[tensor] is (Convolution or DepthwiseConvolution) && readers[tensor].ToArray() is [var only] && layers[only] is Addition;
}
