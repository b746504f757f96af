namespace AutoSlim.Benchmarks.Train;

/// <summary>The layers of one kind in one step, each as quick as alone.</summary>
/// <param name="Kind">pointwise, depthwise, dense, classifier.</param>
/// <param name="MegaMultiplyAdds">There and back, millions.</param>
/// <param name="OwnMilliseconds">By the road that AutoSlim takes.</param>
/// <param name="BestMilliseconds">By the quickest.</param>
internal sealed record LayerKindTime(string Kind, double MegaMultiplyAdds, double OwnMilliseconds, double BestMilliseconds);
