namespace AutoSlim.Benchmarks.Quality;

/// <summary>The JSON object.</summary>
/// <param name="Settings">That made the rows.</param>
/// <param name="Rows">One for each dataset, network, budget and beginning.</param>
/// <param name="MeanDifferenceFromScratch">Over all rows from scratch, each as much; so is the next.</param>
/// <param name="MeanDifferenceFromSupernet">Null where nothing was compared; so is the one before.</param>
internal sealed record QualityFigures(QualitySettings Settings, IReadOnlyList<QualityRow> Rows, double? MeanDifferenceFromScratch, double? MeanDifferenceFromSupernet)
{
    public static QualityFigures Of(QualitySettings settings, IReadOnlyList<QualityRow> rows) =>
        new(settings, rows, Mean(rows, QualityResult.Scratch), Mean(rows, QualityResult.Supernet));

    private static double? Mean(IReadOnlyList<QualityRow> rows, string from) => rows.Where(row => row.From == from).Select(row => (double?)row.Difference).Average();
}
