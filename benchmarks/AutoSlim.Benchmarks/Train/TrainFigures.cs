namespace AutoSlim.Benchmarks.Train;

/// <summary>The JSON object: the imagenet layout's main figures, then both layouts.</summary>
/// <param name="ImagesPerSecond">See <see cref="LayoutFigures"/>, as for the next three.</param>
/// <param name="PytorchImagesPerSecond">Of the baseline.</param>
/// <param name="Ratio">AutoSlim over PyTorch.</param>
/// <param name="LimitFraction">Of the machine's best.</param>
/// <param name="Layouts">In the order measured.</param>
internal sealed record TrainFigures(double ImagesPerSecond, double PytorchImagesPerSecond, double Ratio, double LimitFraction, IReadOnlyList<LayoutFigures> Layouts)
{
    public static TrainFigures Of(IReadOnlyList<LayoutFigures> layouts) =>
        new(layouts[0].ImagesPerSecond, layouts[0].PytorchImagesPerSecond, layouts[0].Ratio, layouts[0].LimitFraction, layouts);
}
