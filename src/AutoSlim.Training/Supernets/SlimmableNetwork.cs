using AutoSlim.Networks;
using AutoSlim.Training.Native;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Training.Supernets;

/// <summary>
/// Runs a definition at any channel configuration with the first channels of one set of weights (paper section 3.1).
/// Width is an argument of every call, never hidden state; so are the batch-norm statistics.
/// </summary>
public sealed class SlimmableNetwork : IDisposable
{
    internal const double BatchNormEpsilon = 1e-5;

    /// <param name="definition">The network.</param>
    /// <param name="widest">The widest configuration it will run at: the supernet's own, or the only one when retraining.</param>
    /// <param name="seed">Decides the initial weights, the same ones on every device.</param>
    /// <param name="device">Where the weights live and images are expected; null for the processor.</param>
    public SlimmableNetwork(NetworkDefinition definition, ChannelConfiguration widest, long seed, Device? device = null)
    {
        (Definition, Widest) = (definition, widest);
        Weights = new(definition.Resolve(widest), seed, device);
    }

    private SlimmableNetwork(NetworkDefinition definition, OrderedDictionary<string, ChannelConfiguration> switches, long seed, Device? device)
    {
        (Definition, Widest, Switches) = (definition, ChannelConfiguration.Covering(switches.Values), switches);
        Weights = new(definition.Resolve(Widest), [.. switches.Select(own => KeyValuePair.Create(NormsOf(own.Key), definition.Resolve(own.Value)))], seed, device);
    }

    /// <summary>
    /// A network that runs at a few configurations only, by one set of kernels and biases but with gammas and betas of their own
    /// ("Slimmable neural networks", Yu et al. 2019, section 3.2).
    /// </summary>
    /// <param name="definition">The network.</param>
    /// <param name="switches">The configurations by name: at least one, no two alike.</param>
    /// <param name="seed">Decides the initial weights, the same ones on every device.</param>
    /// <param name="device">Where the weights live and images are expected; null for the processor.</param>
    /// <exception cref="ArgumentException">No configuration, or the same one twice.</exception>
    public static SlimmableNetwork Switchable(
        NetworkDefinition definition, IReadOnlyDictionary<string, ChannelConfiguration> switches, long seed, Device? device = null)
    {
        if (switches.Count == 0) throw new ArgumentException("a switchable network needs at least one configuration", nameof(switches));
        if (switches.Values.Distinct().Count() < switches.Count)
            throw new ArgumentException($"two of {string.Join(", ", switches.Keys)} are the same configuration: one switch is enough for both", nameof(switches));
        return new(definition, new OrderedDictionary<string, ChannelConfiguration>(switches.OrderBy(own => own.Key, StringComparer.Ordinal)), seed, device);
    }

    public NetworkDefinition Definition { get; }

    public ChannelConfiguration Widest { get; }

    public WeightStore Weights { get; }

    public Device Device => Weights.Device;

    /// <summary>The configurations that have gammas and betas of their own, by name; empty where all share one.</summary>
    public IReadOnlyDictionary<string, ChannelConfiguration> Switches { get; } = new Dictionary<string, ChannelConfiguration>();

    /// <summary>Logits, N x classes, in 32-bit arithmetic.</summary>
    /// <param name="images">N x C x H x W, normalised, on <see cref="Device"/>.</param>
    /// <param name="configuration">At most <see cref="Widest"/> in every group.</param>
    /// <param name="batchNorm">Batch statistics, or stored ones of this very configuration.</param>
    public Tensor Forward(Tensor images, ChannelConfiguration configuration, BatchNorm batchNorm) =>
        Forward(images, configuration, batchNorm, WeightSlices.Views(Weights, NormsOf(configuration)));

    internal Tensor Forward(Tensor images, ChannelConfiguration configuration, BatchNorm batchNorm, WeightSlices weights)
    {
        var resolved = Definition.Resolve(configuration);
        var activations = new Dictionary<string, Tensor> { [NetworkDefinition.InputName] = MemoryLayout.ChannelsLast(images) };
        var readers = new LastReaders(resolved);
        foreach (var layer in resolved.Layers)
        {
            activations[layer.Name] = Run(layer, activations, batchNorm, weights);
            foreach (var input in readers.DoneBehind(layer)) activations[input].Dispose();
        }

        return activations[resolved.Layers[^1].Name];
    }

    /// <summary>Makes every residual block the identity, which is where it then starts to learn from.</summary>
    public void StartResidualsAtZero()
    {
        using var noGradient = no_grad();
        foreach (var addition in Definition.Layers.OfType<Addition>())
            foreach (var gamma in Weights.Of($"{addition.Right}.gamma")) gamma.zero_();
    }

    /// <summary>
    /// Takes over the weights of a network without switches: the first channels of each tensor, as many as both have. Those that
    /// only this one has stay as they are.
    /// </summary>
    public void StartFrom(SlimmableNetwork other)
    {
        using var noGradient = no_grad();
        foreach (var (name, source) in other.Weights.Named)
            foreach (var own in Weights.Of(name)) FirstChannels.Copy(source, own);
    }

    /// <summary>One of its configurations as a network of its own on the same device, the caller's to dispose.</summary>
    /// <exception cref="ArgumentException">The network has switches and this is none of them.</exception>
    public SlimmableNetwork Cut(ChannelConfiguration configuration)
    {
        using var noGradient = no_grad();
        var (cut, norms) = (new SlimmableNetwork(Definition, configuration, seed: 0, Device), NormsOf(configuration));
        foreach (var (name, parameter) in cut.Weights.Named)
            FirstChannels.Copy(Weights.Named.TryGetValue(norms + name, out var own) ? own : Weights[name], parameter);
        return cut;
    }

    public void Dispose() => Weights.Dispose();

    /// <summary>What begins the names of the gammas and betas that a configuration uses.</summary>
    /// <exception cref="ArgumentException">The network has switches and this is none of them.</exception>
    internal string NormsOf(ChannelConfiguration configuration)
    {
        if (Switches.Count == 0) return WeightStore.SharedNorms;
        return Switches.FirstOrDefault(own => own.Value.Equals(configuration)).Key is string name
            ? NormsOf(name)
            : throw new ArgumentException($"the network runs at {string.Join(", ", Switches.Keys)} only, not at {configuration}", nameof(configuration));
    }

    /// <summary>The output of one layer, from those before it.</summary>
    internal static Tensor Run(ResolvedLayer layer, Dictionary<string, Tensor> activations, BatchNorm batchNorm, WeightSlices weights)
    {
        var input = activations[layer.Layer.Inputs[0]];
        var signature = layer.Signature;
        switch (signature.Kind)
        {
            case OperatorKind.Convolution or OperatorKind.DepthwiseConvolution:
                return batchNorm.ApplyWithActivation(layer, Products.Convolution(signature, input, weights.Kernel(layer), weights.Precision), weights);
            case OperatorKind.Addition:
                return Activations.Apply(input.add(activations[layer.Layer.Inputs[1]], KeptScalar.One), signature.Activation);
            case OperatorKind.MaxPooling:
                return F.max_pool2d(input, signature.Kernel, signature.Stride, signature.Padding);
            case OperatorKind.GlobalAveragePooling:
                return input.mean([2, 3]);
            case OperatorKind.Linear or OperatorKind.BiasedPointwise:
                return Activations.Apply(Products.Linear(input, weights.Kernel(layer), weights.Bias(layer), weights.Precision), signature.Activation);
            case OperatorKind.Scaling:
                return input * activations[layer.Layer.Inputs[1]].view(-1, signature.Input.Channels, 1, 1);
            default:
                throw new ArgumentException($"layer '{layer.Name}' is of an unknown kind {signature.Kind}", nameof(layer));
        }
    }

    private static string NormsOf(string name) => $"switch.{name}.";
}
