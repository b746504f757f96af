using AutoSlim.Networks;
using AutoSlim.Training.Data;

namespace AutoSlim.Benchmarks.Train;

/// <summary>One sandwich step.</summary>
/// <param name="Step">From 0, over all rounds.</param>
/// <param name="Batch">Augmented and normalised.</param>
/// <param name="Members">The first is the teacher.</param>
/// <param name="LearningRate">Of this step.</param>
internal sealed record SandwichBatch(int Step, ImageBatch Batch, IReadOnlyList<ChannelConfiguration> Members, double LearningRate)
{
    /// <summary>There (once) and back (twice: to the inputs and to the weights), of all members and images.</summary>
    public double MultiplyAdds(NetworkDefinition definition) =>
        3.0 * Batch.Count * Members.Sum(member => AutoSlim.Costs.MultiplyAdds.Count(definition.Resolve(member)));
}
