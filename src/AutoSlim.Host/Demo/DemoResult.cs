using AutoSlim.Costs;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Report;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Training.Data;

namespace AutoSlim.Host.Demo;

/// <summary>All that a finished demo run found, and the views of it that are written down.</summary>
/// <param name="DataFolder">Of the images; null for those that ship here.</param>
internal sealed record DemoResult(
    NetworkDefinition Definition,
    string? DataFolder,
    RunImages Images,
    ConnectedDevice Device,
    DeviceCosts Costs,
    IReadOnlyList<Target> Targets,
    IReadOnlyDictionary<string, SlimmingStep> Chosen,
    IReadOnlyList<UniformPartner> Partners,
    IReadOnlyDictionary<string, Verification> Verifications,
    IReadOnlyList<SlimmingStep> Trace,
    IReadOnlyDictionary<string, double> StageSeconds)
{
    public DemoSummary Summary => new(Device.Name, Dataset, [.. Targets.Select(Summarise)], new(
        Seconds("profile"), Seconds("train"), Seconds("slim"), Seconds("retrain"), Seconds("verify")));

    public ReportData Report(ulong seed) => new(
        Summary, Definition.Name, DeviceText, seed,
        [.. Definition.Groups.Select(group => new ReportGroup(group.Name, group.Maximum, [.. Targets.Select(target => Chosen[target.Name].Configuration[group.Name])]))],
        [.. Trace.Select(step => new ReportStep(step.Step, step.Cost[LatencyName], step.ScoreValue, step.Chosen))],
        [.. Targets.Select(target => Chosen[target.Name].Step)]);

    private string Dataset =>
        $"{Source}: {Images.Training.Count} training, {Images.Split.Search.Count} search, {Images.Test.Count} test images, {Definition.Input}";

    private string Source => DataFolder is null ? EmbeddedImages.Name : Path.GetFileName(Path.TrimEndingDirectorySeparator(DataFolder));

    private string DeviceText
    {
        get
        {
            var device = Device.Description;
            return $"{device.Processor}, {device.OperatingSystem}, {device.Runtime} {device.RuntimeVersion} {device.ExecutionProvider}, {device.IntraOpThreads} thread(s), fingerprint {device.Fingerprint}";
        }
    }

    private TargetSummary Summarise(Target target)
    {
        var slim = Verifications[target.Name];
        var partner = Partners.Single(partner => partner.Target == target.Name);
        var uniform = Verifications[partner.Folder];
        var network = Definition.Resolve(Chosen[target.Name].Configuration);
        return new(
            target.Name, Budget(target), slim.PredictedMilliseconds!.Value, slim.MeasuredMilliseconds, slim.Accuracy,
            uniform.Accuracy, uniform.MeasuredMilliseconds, MultiplyAdds.Count(network), $"{target.Name}/model.onnx")
        {
            OnnxAccuracy = slim.OnnxAccuracy,
            MaximumLogitDifference = slim.MaximumLogitDifference,
            DeviceDrift = slim.DeviceDrift,
            UniformWidth = partner.Width,
            UniformMultiplyAdds = MultiplyAdds.Count(Definition.Resolve(Definition.Uniform(partner.Width))),
            Parameters = Parameters.Count(network),
        };
    }

    private double? Budget(Target target) => target.Budgets.FirstOrDefault(budget => budget.Cost == LatencyName)?.Limit;

    private string LatencyName => DeviceLatency.NameFor(Device.Name);

    private double Seconds(string stage) => Math.Round(StageSeconds.GetValueOrDefault(stage), 1);
}
