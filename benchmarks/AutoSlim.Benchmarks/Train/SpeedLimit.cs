using AutoSlim.Networks;

namespace AutoSlim.Benchmarks.Train;

/// <summary>What a step would take if every layer with multiply-adds ran as fast as it does alone, and nothing else took any time.</summary>
internal sealed class SpeedLimit
{
    private readonly IReadOnlyList<LayerTime> layers;

    private SpeedLimit(IReadOnlyList<LayerTime> layers, double normalisationSeconds) => (this.layers, NormalisationSeconds) = (layers, normalisationSeconds);

    /// <summary>Of the batch norms and activations of the same steps, each as quick as alone; no part of the limit.</summary>
    public double NormalisationSeconds { get; }

    /// <summary>Of all members of these steps, in seconds.</summary>
    public double BestSeconds => layers.Sum(layer => layer.BestSeconds);

    /// <param name="definition">The network.</param>
    /// <param name="steps">Whose members are looked at.</param>
    /// <param name="threads">Of the machine.</param>
    /// <param name="onLayer">Told how many distinct layers are measured, of how many.</param>
    public static SpeedLimit Of(NetworkDefinition definition, IReadOnlyList<SandwichBatch> steps, int threads, Action<int, int> onLayer)
    {
        var speed = new LayerSpeed(steps[0].Batch.Count, threads);
        var layers = steps.SelectMany(step => step.Members).SelectMany(member => definition.Resolve(member).Signatures)
            .Where(signature => signature.MultiplyAdds > 0).GroupBy(signature => signature with { Activation = Activation.None }).ToList();
        var found = new List<LayerTime>();
        foreach (var (index, layer) in layers.Index())
        {
            onLayer(index, layers.Count);
            found.AddRange(Enumerable.Repeat(speed.Measure(layer.Key), layer.Count()));
        }

        return new(found, Normalisation(definition, steps, threads));
    }

    private static double Normalisation(NetworkDefinition definition, IReadOnlyList<SandwichBatch> steps, int threads)
    {
        var speed = new NormalisationSpeed(steps[0].Batch.Count, threads);
        return steps.SelectMany(step => step.Members).SelectMany(member => definition.Resolve(member).Signatures).Where(signature => signature.IsConvolution)
            .GroupBy(signature => (signature.Output, signature.Activation)).Sum(layer => layer.Count() * speed.Measure(layer.Key.Output, layer.Key.Activation));
    }

    /// <summary>By kind of layer, the slowest first.</summary>
    /// <param name="steps">That the limit was measured for.</param>
    /// <param name="images">A batch.</param>
    public IReadOnlyList<LayerKindTime> ByKind(int steps, int images) =>
    [
        .. layers.GroupBy(layer => layer.Kind).Select(kind => new LayerKindTime(
            kind.Key,
            3e-6 * images * kind.Sum(layer => layer.Signature.MultiplyAdds) / steps,
            1000 * kind.Sum(layer => layer.OwnSeconds) / steps,
            1000 * kind.Sum(layer => layer.BestSeconds) / steps)).OrderByDescending(kind => kind.OwnMilliseconds),
    ];
}
