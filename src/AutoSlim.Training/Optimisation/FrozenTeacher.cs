using AutoSlim.Networks;
using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Training.Optimisation;

/// <summary>
/// A trained network that others learn from (Hinton et al. 2015, temperature 1): of a student's loss a part is the cross-entropy
/// with the teacher's softmax, the rest that with the labels. Several trainings may ask one teacher at once.
/// </summary>
public sealed class FrozenTeacher : IDisposable
{
    private readonly SlimmableNetwork network;
    private readonly ChannelConfiguration configuration;
    private readonly BatchNormStatistics statistics;
    private readonly Scalar ofTeacher;
    private readonly Scalar ofLabels;

    /// <param name="network">The teacher, which it leaves alone: the caller's to dispose.</param>
    /// <param name="configuration">At which it teaches.</param>
    /// <param name="statistics">Of this very configuration; the caller's to dispose.</param>
    /// <param name="weight">Part of the loss that comes from the teacher, 0 to 1.</param>
    /// <exception cref="ArgumentException">The statistics are of another configuration.</exception>
    public FrozenTeacher(SlimmableNetwork network, ChannelConfiguration configuration, BatchNormStatistics statistics, double weight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, 1);
        statistics.RequireFit(network.Definition.Resolve(configuration));
        (this.network, this.configuration, this.statistics) = (network, configuration, statistics);
        (ofTeacher, ofLabels) = (KeptScalar.Of(weight), KeptScalar.Of(1 - weight));
    }

    public void Dispose()
    {
        ofTeacher.Dispose();
        ofLabels.Dispose();
    }

    /// <summary>N x classes; in the caller's scope.</summary>
    internal Tensor Softmax(Tensor images)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return F.softmax(network.Forward(images, configuration, statistics), 1).MoveToOuterDisposeScope();
    }

    /// <summary>A student's loss.</summary>
    /// <param name="labelLoss">Its cross-entropy with the labels.</param>
    /// <param name="softmax">What <see cref="Softmax"/> gave for the same images.</param>
    /// <param name="logits">The student's, N x classes.</param>
    internal Tensor Weigh(Tensor labelLoss, Tensor softmax, Tensor logits)
    {
        var teacherLoss = -(softmax * F.log_softmax(logits, 1)).sum(1).mean();
        return labelLoss.mul(ofLabels).add(teacherLoss, ofTeacher);
    }
}
