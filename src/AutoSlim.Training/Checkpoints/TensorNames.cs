namespace AutoSlim.Training.Checkpoints;

/// <summary>What a checkpoint calls its tensors. Weights keep the names of the network (<c>block1.expand.weight</c>), a training's state has its own.</summary>
internal static class TensorNames
{
    private const string StatisticsPrefix = "statistics.";

    public static string Mean(string layer) => $"{StatisticsPrefix}{layer}.mean";

    public static string Variance(string layer) => $"{StatisticsPrefix}{layer}.variance";

    public static bool IsStatistic(string name) => name.StartsWith(StatisticsPrefix, StringComparison.Ordinal);
}
