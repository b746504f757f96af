using AutoSlim.Networks;
using AutoSlim.Training.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AutoSlim.Training.Supernets;

/// <summary>
/// The full-width weights of a network by name (<c>block1.expand.weight</c>, <c>.gamma</c>, <c>.beta</c>; <c>classifier.bias</c>).
/// A narrower network uses the first channels of each.
/// </summary>
public sealed class WeightStore : IDisposable
{
    /// <summary>Before the names of the gammas and betas that all configurations share.</summary>
    internal const string SharedNorms = "";

    private readonly OrderedDictionary<string, Parameter> parameters = [];
    private readonly HashSet<string> decayed = [];
    private readonly IReadOnlyList<string> norms;

    /// <summary>Initialises as the paper's networks are: convolutions N(0, 2/(k*k*C_out)), classifier N(0, 0.01^2), gamma 1, beta 0.</summary>
    /// <param name="widest">The network at the widest configuration it will run at.</param>
    /// <param name="seed">Decides every weight: drawn on the processor, so that it decides the same ones for every device.</param>
    /// <param name="device">Where the weights live; null for the processor.</param>
    public WeightStore(ResolvedNetwork widest, long seed, Device? device = null)
        : this(widest, [], seed, device)
    {
    }

    /// <inheritdoc cref="WeightStore(ResolvedNetwork, long, Device?)"/>
    /// <param name="switches">The networks that have gammas and betas of their own, by what begins the names of these; when empty, all share one.</param>
    internal WeightStore(ResolvedNetwork widest, IReadOnlyList<KeyValuePair<string, ResolvedNetwork>> switches, long seed, Device? device)
    {
        Device = device ?? CPU;
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed, CPU);
        norms = switches.Count == 0 ? [SharedNorms] : [.. switches.Select(own => own.Key)];
        foreach (var layer in widest.Layers) AddLayer(layer.Name, layer.Signature, generator, hasNorm: switches.Count == 0);
        foreach (var (prefix, network) in switches) AddNorms(prefix, network);
        foreach (var parameter in parameters.Values) parameter.DetachFromDisposeScope();
    }

    public Device Device { get; }

    public IReadOnlyDictionary<string, Parameter> Named => parameters;

    public Parameter this[string name] => parameters[name];

    /// <summary>Dense convolution and classifier weights: what the paper decays (none on depthwise, batch norm, bias).</summary>
    public bool Decays(string name) => decayed.Contains(name);

    /// <summary>Adds to the gradient of a parameter's first rows and columns; the first one to cover it all becomes the gradient.</summary>
    internal void AddGradient(string name, Tensor part)
    {
        var parameter = parameters[name];
        if (parameter.grad is null && parameter.shape.SequenceEqual(part.shape))
        {
            parameter.grad = part;
            return;
        }

        var sum = parameter.grad ??= zeros_like(parameter, requires_grad: false);
        for (var dimension = 0; dimension < part.Dimensions; dimension++) sum = sum.narrow(dimension, 0, part.shape[dimension]);
        sum.add_(part, KeptScalar.One);
    }

    public void Dispose()
    {
        foreach (var parameter in parameters.Values) parameter.Dispose();
    }

    /// <summary>Every parameter that is this one of the network: one alone, or that of every switch.</summary>
    /// <param name="name">As a network without switches has it.</param>
    internal IEnumerable<Parameter> Of(string name) =>
        norms.Append(SharedNorms).Distinct().Select(prefix => parameters.GetValueOrDefault(prefix + name)).OfType<Parameter>();

    private void AddNorms(string prefix, ResolvedNetwork network)
    {
        foreach (var layer in BatchNorm.NormalisedLayers(network)) AddNorm(prefix + layer.Name, layer.Output.Channels);
    }

    private void AddLayer(string name, LayerSignature signature, Generator generator, bool hasNorm)
    {
        if (signature.Kind is OperatorKind.Convolution or OperatorKind.Linear or OperatorKind.BiasedPointwise) decayed.Add($"{name}.weight");
        switch (signature.Kind)
        {
            case OperatorKind.Convolution:
                AddConvolution(name, signature, signature.Input.Channels, generator);
                break;
            case OperatorKind.DepthwiseConvolution:
                AddConvolution(name, signature, 1, generator);
                break;
            case OperatorKind.Linear or OperatorKind.BiasedPointwise:
                Add($"{name}.weight", Gaussian([signature.OutputChannels, signature.Input.Channels], 0.01, generator));
                Add($"{name}.bias", zeros(signature.OutputChannels, device: Device));
                break;
        }

        if (hasNorm && signature.IsConvolution) AddNorm(name, signature.OutputChannels);
    }

    private void AddConvolution(string name, LayerSignature signature, int inputChannels, Generator generator)
    {
        int kernel = signature.Kernel, output = signature.OutputChannels;
        var deviation = Math.Sqrt(2.0 / (kernel * kernel * output));
        Add($"{name}.weight", MemoryLayout.ChannelsLast(Gaussian([output, inputChannels, kernel, kernel], deviation, generator)));
    }

    private void AddNorm(string name, int channels)
    {
        Add($"{name}.gamma", ones(channels, device: Device));
        Add($"{name}.beta", zeros(channels, device: Device));
    }

    private Tensor Gaussian(long[] shape, double deviation, Generator generator)
    {
        using var scale = KeptScalar.Of(deviation);
        return randn(shape, device: CPU, generator: generator).mul_(scale).to(Device);
    }

    private void Add(string name, Tensor value) => parameters.Add(name, new Parameter(value));
}
