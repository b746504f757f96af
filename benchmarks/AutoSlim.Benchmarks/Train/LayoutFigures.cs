namespace AutoSlim.Benchmarks.Train;

/// <summary>What came out for one layout.</summary>
internal sealed record LayoutFigures
{
    /// <summary>imagenet or cifar.</summary>
    public required string Layout { get; init; }

    /// <summary>Of AutoSlim: batch size over the median time of a sandwich step.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>In the quickest setting of those tried.</summary>
    public required double PytorchImagesPerSecond { get; init; }

    /// <summary>AutoSlim's speed over PyTorch's: the median over rounds, in each of which both took the same steps one after the other.</summary>
    public required double Ratio { get; init; }

    /// <summary>Every round's.</summary>
    public required IReadOnlyList<double> Ratios { get; init; }

    /// <summary>The same for the processor time of all threads, which other work on the machine hardly touches; waiting in a loop counts.</summary>
    public required double ProcessorTimeRatio { get; init; }

    /// <summary>The setting that was compared with.</summary>
    public required string PytorchSetting { get; init; }

    /// <summary>Images a second in every setting that was tried, in an earlier round.</summary>
    public required IReadOnlyDictionary<string, double> PytorchSettings { get; init; }

    /// <summary>Multiply-adds a second of AutoSlim's quickest round over those of its layers measured alone at their best.</summary>
    public required double LimitFraction { get; init; }

    /// <summary>Billions, there and back, in AutoSlim's quickest round.</summary>
    public required double GigaMultiplyAddsPerSecond { get; init; }

    /// <summary>Milliseconds of a step in AutoSlim's quickest round.</summary>
    public required double StepMilliseconds { get; init; }

    /// <summary>Of the same step: what each kind of layer takes alone.</summary>
    public required IReadOnlyList<LayerKindTime> Layers { get; init; }

    /// <summary>Of the same step: what batch norms and activations take alone.</summary>
    public required double NormalisationMilliseconds { get; init; }

    /// <summary>The largest difference between the two sides' losses over the members of the first step, nats.</summary>
    public required double FirstStepLossDifference { get; init; }

    /// <summary>The same for every step of the first round: how far rounding drives the two apart.</summary>
    public required IReadOnlyList<double> LossDifferences { get; init; }
}
