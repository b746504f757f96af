using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>The supernet's weights at one configuration, as a training that has done no epoch yet.</summary>
internal static class SupernetSlice
{
    /// <summary>Leaves a training that has begun alone.</summary>
    public static void WriteIfNone(string supernet, NetworkDefinition definition, NetworkFolder folder, TrainingOptions options)
    {
        if (File.Exists(folder.WeightsPath)) return;
        var configuration = folder.Channels(definition);
        using var whole = new SlimmableNetwork(definition, definition.Widest, seed: 0);
        NetworkCheckpoint.Load(supernet).Restore(whole);
        using var slim = new SlimmableNetwork(definition, configuration, seed: 0);
        Copy(whole.Weights, slim.Weights);
        NetworkCheckpoint.Save(folder.WeightsPath, slim, epochsDone: 0, options);
    }

    private static void Copy(WeightStore source, WeightStore target)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, parameter) in target.Named)
        {
            Tensor slice = source[name];
            for (var dimension = 0; dimension < parameter.Dimensions; dimension++) slice = slice.narrow(dimension, 0, parameter.shape[dimension]);
            parameter.copy_(slice);
        }
    }
}
