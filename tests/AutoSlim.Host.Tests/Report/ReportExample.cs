using AutoSlim.Host.Report;

namespace AutoSlim.Host.Tests.Report;

/// <summary>An invented run with two targets.</summary>
internal static class ReportExample
{
    public static DemoSummary Summary { get; } = new(
        "desk",
        "digits",
        [
            new("large", 6.5, 6.47, 6.31, 0.914, 0.911, 6.52, 121_000_000, "large/model.onnx"),
            new("small", 2.2, 2.17, 2.28, 0.871, 0.842, 2.31, 41_000_000, "small/model.onnx"),
        ],
        new(41.2, 310.5, 95, 402.7, 22.1));

    public static ReportData Data { get; } = new(
        Summary, "mobilenet_v2", "some processor, some system", 17,
        [new("stem", 48, [32, 16]), new("tail", 1920, [1920, 1280])],
        [new(0, 9.1, 0.62, ""), new(1, 6.4, 0.63, "stem"), new(2, 2.1, 0.71, "tail")], [1, 2]);

    public static DemoSummary WithTargets(params IReadOnlyList<TargetSummary> targets) => Summary with { Targets = targets };
}
