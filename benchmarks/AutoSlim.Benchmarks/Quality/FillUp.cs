using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Slimming;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>
/// Gives a network back what its last steps took too much: a step takes whole blocks, so that a budget is met with room to spare, and
/// the comparison asks for equal costs.
/// </summary>
internal static class FillUp
{
    private const int Channels = 8;

    /// <summary>Widens the groups that were cut last first, to the next multiple of 8 channels or the alignment at a time, while the cost stays within the limit.</summary>
    /// <param name="definition">The network.</param>
    /// <param name="trace">From the widest network on.</param>
    /// <param name="met">The step to begin with.</param>
    /// <param name="cost">What is limited.</param>
    /// <param name="limit">In the cost's unit.</param>
    /// <param name="alignment">Channels that the device works on at once.</param>
    public static ChannelConfiguration Widen(
        NetworkDefinition definition, IReadOnlyList<SlimmingStep> trace, SlimmingStep met, ICostModel cost, double limit, int alignment)
    {
        var configuration = met.Configuration;
        for (var step = met.Step; step > 0; step--)
        {
            var (group, before) = (trace[step].Chosen, trace[step - 1].Configuration);
            while (Wider(configuration[group], alignment) is var width && width <= before[group])
            {
                var wider = configuration.With(group, width);
                if (cost.Price(definition.Resolve(wider)) > limit) break;
                configuration = wider;
            }
        }

        return configuration;
    }

    private static int Wider(int width, int alignment) => alignment > Channels ? (width / alignment + 1) * alignment : width + Channels;
}
