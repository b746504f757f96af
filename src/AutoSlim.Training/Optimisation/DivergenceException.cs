using System.Globalization;

namespace AutoSlim.Training.Optimisation;

/// <summary>A training whose loss is no longer a number: the weights are lost, go on from a checkpoint or start anew.</summary>
public sealed class DivergenceException : Exception
{
    internal DivergenceException(double loss, int step, double learningRate)
        : this("loss", loss, loss, step, learningRate)
    {
    }

    private DivergenceException(string what, double found, double loss, int step, double learningRate)
        : base(string.Create(CultureInfo.InvariantCulture, $"the {what} is {found} at step {step} with learning rate {learningRate:g3}, expected a finite number: ") +
            "the training diverged; lower the learning rate or warm up for longer") =>
        (Loss, Step, LearningRate) = (loss, step, learningRate);

    /// <summary>The loss is a number yet, its gradient is not.</summary>
    internal static DivergenceException OfGradient(double norm, double loss, int step, double learningRate) => new("gradient's norm", norm, loss, step, learningRate);

    public double Loss { get; }

    /// <summary>From 1, over all epochs.</summary>
    public int Step { get; }

    public double LearningRate { get; }
}
