namespace AutoSlim.Benchmarks.Search;

/// <summary>The JSON object: the main figures of the first resolution, then all of them.</summary>
internal sealed record SearchFigures(IReadOnlyList<ResolutionFigures> Resolutions)
{
    private ResolutionFigures First => Resolutions[0];

    public double PytorchSeconds => First.PytorchSeconds;

    public double ExhaustiveSeconds => First.ExhaustiveSeconds;

    public double SharedSeconds => First.SharedSeconds;

    public double FastSeconds => First.FastSeconds;

    public double Ratio => First.Ratio;

    public double SharedRatio => First.SharedRatio;

    public bool SharedIdentical => Resolutions.All(figures => figures.SharedIdentical);

    public double FinalLossDifference => First.FinalLossDifference;

    public double? ExhaustiveSpread => First.ExhaustiveSpread;
}
