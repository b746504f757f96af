using AutoSlim.Networks;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Optimisation;

/// <summary>What the members of a training step learn.</summary>
public abstract class Lesson
{
    /// <summary>The first member learns the labels, the others its softmax (universally slimmable networks, section 3.4).</summary>
    public static Lesson InPlaceDistillation { get; } = new InPlace();

    /// <summary>Every member learns the labels ("Slimmable neural networks", Yu et al. 2019, algorithm 1).</summary>
    public static Lesson Labels { get; } = new LabelsAndTeacher(null);

    /// <summary>Every member learns the labels and the softmax of a network that learns no more.</summary>
    public static Lesson Of(FrozenTeacher teacher) => new LabelsAndTeacher(teacher);

    /// <summary>Adds the gradients of all members to those of the network's weights; the members' losses, nats.</summary>
    /// <param name="network">Whose weights.</param>
    /// <param name="members">Its configurations in this step.</param>
    /// <param name="images">N x C x H x W, normalised.</param>
    /// <param name="labels">N.</param>
    /// <param name="labelSmoothing">Probability moved from the label to all classes.</param>
    /// <param name="precision">Of the members' convolutions and linear layers; a teacher's are 32-bit.</param>
    internal abstract IReadOnlyList<double> AddGradients(
        SlimmableNetwork network, IReadOnlyList<ChannelConfiguration> members, Tensor images, Tensor labels, double labelSmoothing, Precision precision);

    private sealed class InPlace : Lesson
    {
        internal override IReadOnlyList<double> AddGradients(
            SlimmableNetwork network, IReadOnlyList<ChannelConfiguration> members, Tensor images, Tensor labels, double labelSmoothing, Precision precision)
        {
            using var sandwich = new SandwichStep(network, members, precision);
            return sandwich.Run(images, labels, labelSmoothing);
        }
    }

    private sealed class LabelsAndTeacher(FrozenTeacher? teacher) : Lesson
    {
        internal override IReadOnlyList<double> AddGradients(
            SlimmableNetwork network, IReadOnlyList<ChannelConfiguration> members, Tensor images, Tensor labels, double labelSmoothing, Precision precision)
        {
            using var step = new LabelStep(network, members, teacher, precision);
            return step.Run(images, labels, labelSmoothing);
        }
    }
}
