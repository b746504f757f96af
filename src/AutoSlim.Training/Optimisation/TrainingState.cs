using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Optimisation;

/// <summary>
/// What a resumed training needs besides the weights: tensors of the weights' shapes, of a few kinds such as the momentum, named
/// KIND.WEIGHT. Each is there from the first step on that needs it.
/// </summary>
public sealed class TrainingState : IDisposable
{
    private readonly WeightStore weights;
    private readonly Dictionary<string, Tensor> tensors = [];

    internal TrainingState(WeightStore weights) => this.weights = weights;

    /// <summary>By name; empty before the first step.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => tensors;

    public void Dispose()
    {
        foreach (var tensor in tensors.Values) tensor.Dispose();
        tensors.Clear();
    }

    /// <summary>The names that a training under these options has after its first step, with the shapes.</summary>
    internal static Dictionary<string, long[]> Shapes(WeightStore weights, TrainingOptions options)
    {
        IEnumerable<string> kinds = [.. Optimizer.KindsOf(options), .. WeightAverage.KindsOf(options)];
        return kinds.SelectMany(kind => weights.Named.Select(weight => KeyValuePair.Create(NameOf(kind, weight.Key), weight.Value.shape))).ToDictionary();
    }

    /// <summary>
    /// Puts back what <see cref="Tensors"/> gave, in the layout of the weight, as torch itself would: kernels round differently
    /// on other layouts.
    /// </summary>
    internal void Restore(string name, Tensor past)
    {
        using var noGradient = no_grad();
        if (tensors.Remove(name, out var old)) old.Dispose();
        var weight = weights[name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]];
        tensors[name] = empty_like(weight, requires_grad: false).copy_(past).DetachFromDisposeScope();
    }

    internal Tensor? Find(string kind, string weight) => tensors.GetValueOrDefault(NameOf(kind, weight));

    /// <summary>Keeps a new tensor, which outlives the scope it was made in.</summary>
    internal Tensor Keep(string kind, string weight, Tensor value) => tensors[NameOf(kind, weight)] = value.DetachFromDisposeScope();

    /// <summary>The one that there is, or zeros.</summary>
    internal Tensor FindOrZeros(string kind, string weight) => Find(kind, weight) ?? Keep(kind, weight, zeros_like(weights[weight], requires_grad: false));

    private static string NameOf(string kind, string weight) => $"{kind}.{weight}";
}
