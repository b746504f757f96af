using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Training.Pretrained;

/// <summary>What a file that may not be ours calls the weights of a network.</summary>
/// <param name="Whose">For messages: <c>torchvision's</c>.</param>
/// <param name="ByOurs">Name in the file by our name.</param>
internal sealed record ForeignNames(string Whose, IReadOnlyDictionary<string, string> ByOurs)
{
    private static readonly string[] NotNeededEnds = [".running_mean", RunningVariance, ".num_batches_tracked"];
    private static readonly string[] NotNeededBeginnings =
        [.. new[] { "statistics", NesterovMomentum.Momentum, AdamW.First, AdamW.Second, RmsProp.Square, WeightAverage.Average }.Select(kind => $"{kind}.")];

    private const string RunningVariance = ".running_var";

    /// <summary>Added to the variance where the weights were trained.</summary>
    public double BatchNormEpsilon { get; init; } = SlimmableNetwork.BatchNormEpsilon;

    /// <summary>The names of our own checkpoints.</summary>
    public static ForeignNames Own(IEnumerable<string> names) => new("our own", names.ToDictionary(name => name));

    /// <summary>What only inference or a resumed training reads: statistics are measured anew.</summary>
    public static bool IsNotNeeded(string name) =>
        NotNeededEnds.Any(end => name.EndsWith(end, StringComparison.Ordinal)) || NotNeededBeginnings.Any(begin => name.StartsWith(begin, StringComparison.Ordinal));

    /// <summary>The file's name of the variance beside one of our gammas.</summary>
    public string VarianceBeside(string gamma) => ByOurs[gamma][..ByOurs[gamma].LastIndexOf('.')] + RunningVariance;
}
