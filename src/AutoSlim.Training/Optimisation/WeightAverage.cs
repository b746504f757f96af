using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Optimisation;

/// <summary>
/// The exponential moving average of the weights. Early on it forgets faster, by at most (1 + steps) / (10 + steps), so that the
/// random weights of the beginning do not stay in it.
/// </summary>
internal sealed class WeightAverage(WeightStore weights, TrainingState state, double decay)
{
    public const string Average = "average";

    public static IReadOnlyList<string> KindsOf(TrainingOptions options) => options.AverageDecay > 0 ? [Average] : [];

    /// <param name="step">Steps done, from 1, over all epochs.</param>
    public void Update(int step)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var kept = Math.Min(decay, (1.0 + step) / (10.0 + step));
        using var past = KeptScalar.Of(kept);
        using var present = KeptScalar.Of(1 - kept);
        foreach (var (name, weight) in weights.Named)
            if (state.Find(Average, name) is Tensor average) average.mul_(past).add_(weight, present);
            else state.Keep(Average, name, weight.clone());
    }

    /// <summary>Exchanges weights and averages, bit by bit.</summary>
    public void Swap()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var (name, weight) in weights.Named)
            if (state.Find(Average, name) is Tensor average)
            {
                var raw = weight.clone();
                weight.copy_(average);
                average.copy_(raw);
            }
    }
}
