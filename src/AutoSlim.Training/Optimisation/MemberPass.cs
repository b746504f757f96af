using AutoSlim.Networks;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Optimisation;

/// <summary>One configuration's way there and back in a training step, with gradients of its own until they are added up.</summary>
internal sealed class MemberPass(SlimmableNetwork network, ChannelConfiguration configuration, Precision precision) : IDisposable
{
    private readonly WeightSlices weights = WeightSlices.Leaves(network.Weights, network.NormsOf(configuration), precision);
    private Tensor? logits;

    /// <summary>Of the batch, nats.</summary>
    public double Loss { get; private set; }

    /// <summary>Logits, N x classes. What the way back needs of the layers' outputs torch holds itself, and lets go of on that way.</summary>
    public Tensor Forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        return logits = network.Forward(images, configuration, BatchNorm.OfBatch, weights).MoveToOuterDisposeScope();
    }

    public void Backward(Func<Tensor, Tensor> criterion)
    {
        using var scope = NewDisposeScope();
        var loss = criterion(logits ?? throw new InvalidOperationException("no forward pass to go back over"));
        loss.backward();
        Loss = loss.item<float>();
    }

    public void AddGradients() => weights.AddGradients();

    public void Dispose() => weights.Dispose();
}
