using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Training.Tests;

/// <summary>A switchable network of two widths, neither of which holds the other in every group.</summary>
internal static class JointTraining
{
    public static IReadOnlyDictionary<string, ChannelConfiguration> Switches { get; } = new Dictionary<string, ChannelConfiguration>
    {
        ["large"] = TinyTraining.Definition.Widest.With("tail", TinyTraining.Definition.Narrowest["tail"]),
        ["small"] = TinyTraining.Definition.Narrowest.With("tail", TinyTraining.Definition.Widest["tail"]),
    };

    public static ChannelConfiguration Large => Switches["large"];

    public static ChannelConfiguration Small => Switches["small"];

    public static SlimmableNetwork Network(long seed = 3) => SlimmableNetwork.Switchable(TinyTraining.Definition, Switches, seed);

    public static Trainer Trainer(SlimmableNetwork network, Lesson lesson, TrainingOptions? options = null) => new(
        network, WidthSampler.Always(network.Definition, [new("large", Large), new("small", Small)]), Images, TinyTraining.Normalization, options ?? TinyTraining.Options, lesson);

    public static ImageSet Images { get; } = TinyTraining.Images(200);

    public static void Run(Trainer trainer, params int[] epochs)
    {
        foreach (var epoch in epochs) trainer.RunEpoch(epoch, _ => { }, TestContext.Current.CancellationToken);
    }
}
