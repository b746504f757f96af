using MathNet.Numerics.Statistics;

namespace AutoSlim.Benchmarks.Search;

/// <summary>What came out at one resolution.</summary>
internal sealed record ResolutionFigures
{
    /// <summary>Pixels.</summary>
    public required int Resolution { get; init; }

    public required int SearchImages { get; init; }

    /// <summary>Of the exhaustive search.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps that PyTorch and AutoSlim's exhaustive way were timed on, spread evenly; their seconds are scaled to all steps.</summary>
    public required int TimedSteps { get; init; }

    public required double PytorchSeconds { get; init; }

    public required double ExhaustiveSeconds { get; init; }

    public required double SharedSeconds { get; init; }

    public required double FastSeconds { get; init; }

    /// <summary>PyTorch over fast.</summary>
    public double Ratio => PytorchSeconds / FastSeconds;

    /// <summary>PyTorch over shared.</summary>
    public double SharedRatio => PytorchSeconds / SharedSeconds;

    /// <summary>AutoSlim's exhaustive way over shared.</summary>
    public double SharedRatioToExhaustive => ExhaustiveSeconds / SharedSeconds;

    /// <summary>Whether shared decided every timed step as exhaustive did.</summary>
    public required bool SharedIdentical { get; init; }

    /// <summary>Largest difference of a candidate's loss between the two, nats.</summary>
    public required double SharedScoreDifference { get; init; }

    /// <summary>Share of the timed steps in which PyTorch took the same group.</summary>
    public required double PytorchSameDecisions { get; init; }

    public required int ExhaustiveEvaluations { get; init; }

    public required int FastEvaluations { get; init; }

    /// <summary>Loss on unseen images of the network at each budget, largest first, nats.</summary>
    public required IReadOnlyList<double> ExhaustiveLoss { get; init; }

    /// <summary>Of the fast search.</summary>
    public required IReadOnlyList<double> FastLoss { get; init; }

    /// <summary>Of exhaustive searches on other draws of search images: by draw, then by budget.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> ResampledLoss { get; init; }

    /// <summary>Of fast searches on the same draws.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> FastResampledLoss { get; init; }

    /// <summary>Fast less exhaustive at the smallest budget, nats.</summary>
    public double FinalLossDifference => FastLoss[^1] - ExhaustiveLoss[^1];

    /// <summary>Standard deviation over the draws at the smallest budget, nats; null with fewer than two.</summary>
    public double? ExhaustiveSpread => Spread(ExhaustiveLoss.Count - 1);

    /// <summary>Fast less exhaustive on the same draw, nats: the mean at each budget, over the timed draw and the others.</summary>
    public IReadOnlyList<double> MeanLossDifference => [.. FastLoss.Select((_, budget) => Differences(budget).Mean())];

    public double? Spread(int budget) => ResampledLoss.Count < 2 ? null : ResampledLoss.Select(losses => losses[budget]).StandardDeviation();

    private IEnumerable<double> Differences(int budget) =>
        FastResampledLoss.Prepend(FastLoss).Zip(ResampledLoss.Prepend(ExhaustiveLoss), (fast, exhaustive) => fast[budget] - exhaustive[budget]);
}
