using AutoSlim.Networks;
using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Training.Optimisation;

/// <summary>
/// The gradients of one step, its members side by side: each learns the labels, and what a teacher says of the images where there is
/// one. They add up in the members' order, whoever finished first.
/// </summary>
internal sealed class LabelStep(
    SlimmableNetwork network, IReadOnlyList<ChannelConfiguration> members, FrozenTeacher? teacher, Precision precision = Precision.Float32) : IDisposable
{
    private readonly IReadOnlyList<MemberPass> passes = [.. members.Select(member => new MemberPass(network, member, precision))];

    /// <summary>Adds to the gradients of the network's weights; the members' losses, nats.</summary>
    public IReadOnlyList<double> Run(Tensor images, Tensor labels, double labelSmoothing)
    {
        using var scope = NewDisposeScope();
        var softmax = teacher?.Softmax(images);
        TorchRuntime.SideBySide([.. passes.Select<MemberPass, Action>(pass => () => Learn(pass, images, labels, labelSmoothing, softmax))]);
        foreach (var pass in passes) pass.AddGradients();
        return [.. passes.Select(pass => pass.Loss)];
    }

    public void Dispose()
    {
        foreach (var pass in passes) pass.Dispose();
    }

    private void Learn(MemberPass pass, Tensor images, Tensor labels, double labelSmoothing, Tensor? softmax)
    {
        using var scope = NewDisposeScope();
        pass.Forward(images);
        pass.Backward(logits =>
        {
            var ofLabels = F.cross_entropy(logits, labels, label_smoothing: labelSmoothing);
            return softmax is null ? ofLabels : teacher!.Weigh(ofLabels, softmax, logits);
        });
    }
}
