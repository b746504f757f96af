using AutoSlim.Slimming;

namespace AutoSlim.Host.Stages;

/// <summary>What a network was chosen for, and what was learnt of its prices.</summary>
/// <param name="Target">As it was asked for.</param>
/// <param name="Corrections">By measured cost.</param>
internal sealed record SettledNetwork(string Target, IReadOnlyDictionary<string, double> Corrections)
{
    public string Name => Costs.Target.Parse(Target).Name;

    public static SettledNetwork Of(string target, SettlingState state)
    {
        var name = Costs.Target.Parse(target).Name;
        return new(target, state.Corrections.Where(cost => cost.Value.ContainsKey(name)).ToDictionary(cost => cost.Key, cost => cost.Value[name]));
    }
}
