using AutoSlim.Networks;
using static TorchSharp.torch;

namespace AutoSlim.Training.Supernets;

/// <summary>The part of the weights that a configuration uses: the first filters of each layer, of dense kernels the first channels.</summary>
internal sealed class WeightSlices : IDisposable
{
    private readonly WeightStore weights;
    private readonly string norms;
    private readonly Dictionary<string, Tensor>? leaves;

    private WeightSlices(WeightStore weights, string norms, Dictionary<string, Tensor>? leaves, Precision precision) =>
        (this.weights, this.norms, this.leaves, Precision) = (weights, norms, leaves, precision);

    /// <summary>Of the products that these weights take part in; the weights themselves are 32-bit.</summary>
    public Precision Precision { get; }

    /// <summary>Views; gradients flow back through them to the whole parameters.</summary>
    /// <param name="weights">The whole parameters.</param>
    /// <param name="norms">Before the names of gammas and betas.</param>
    public static WeightSlices Views(WeightStore weights, string norms = WeightStore.SharedNorms) => new(weights, norms, null, Precision.Float32);

    /// <summary>
    /// Views that collect a gradient of their own size. Torch's way back through a view fills a whole parameter's worth of zeros
    /// for each, most of the work at a narrow width; and several configurations can collect side by side.
    /// </summary>
    /// <inheritdoc cref="Views"/>
    public static WeightSlices Leaves(WeightStore weights, string norms = WeightStore.SharedNorms, Precision precision = Precision.Float32) =>
        new(weights, norms, [], precision);

    public Tensor Kernel(ResolvedLayer layer) => Of(
        $"{layer.Name}.weight", layer.Output.Channels, layer.Signature.Kind == OperatorKind.DepthwiseConvolution ? null : layer.Signature.Input.Channels);

    public Tensor Gamma(ResolvedLayer layer) => Of($"{norms}{layer.Name}.gamma", layer.Output.Channels);

    public Tensor Beta(ResolvedLayer layer) => Of($"{norms}{layer.Name}.beta", layer.Output.Channels);

    public Tensor Bias(ResolvedLayer layer) => Of($"{layer.Name}.bias", layer.Output.Channels);

    /// <summary>Adds what the leaves have collected to the gradients of the whole parameters.</summary>
    public void AddGradients()
    {
        using var noGradient = no_grad();
        foreach (var (name, leaf) in leaves ?? throw new InvalidOperationException("views collect no gradients of their own"))
            if (leaf.grad is Tensor gradient) weights.AddGradient(name, gradient);
    }

    public void Dispose()
    {
        if (leaves is null) return;
        foreach (var leaf in leaves.Values) leaf.Dispose();
    }

    private Tensor Of(string name, int rows, int? columns = null)
    {
        if (leaves is null) return Cut(weights[name], rows, columns);
        if (!leaves.TryGetValue(name, out var leaf)) leaves[name] = leaf = Leaf(name, rows, columns);
        return leaf;
    }

    private Tensor Leaf(string name, int rows, int? columns)
    {
        using var scope = NewDisposeScope();
        return Cut(weights[name].detach(), rows, columns).requires_grad_().DetachFromDisposeScope();
    }

    private static Tensor Cut(Tensor parameter, int rows, int? columns)
    {
        var first = parameter.narrow(0, 0, rows);
        return columns is int count ? first.narrow(1, 0, count) : first;
    }
}
