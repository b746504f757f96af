using System.Globalization;
using AutoSlim.Benchmarks.Baselines;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;

namespace AutoSlim.Benchmarks.Train;

/// <summary>The same steps in plain PyTorch: benchmarks/pytorch/train.py.</summary>
internal sealed class PyTorchSide(PythonBaseline baseline, SandwichWorkload workload) : IAsyncDisposable
{
    private sealed record Answer(double Seconds, double ProcessorSeconds, IReadOnlyList<IReadOnlyList<double>> Losses);

    private sealed record Description(string Runtime);

    /// <summary>Writes what the script reads: the initial weights and every batch of all rounds.</summary>
    public static void WriteTensors(SandwichWorkload workload, string path)
    {
        using var network = workload.NewNetwork();
        var tensors = network.Weights.Named.ToDictionary(pair => pair.Key, pair => TorchElements.Store(pair.Value));
        var input = workload.Definition.Input;
        foreach (var step in Enumerable.Range(0, workload.Options.Epochs).SelectMany(workload.Round))
        {
            tensors[$"images.{step.Step}"] = StoredTensor.Of([step.Batch.Count, input.Channels, input.Height, input.Width], step.Batch.Pixels);
            tensors[$"labels.{step.Step}"] = StoredTensor.Of([step.Batch.Count], step.Batch.Labels);
        }

        new SafeTensorsFile(tensors, new Dictionary<string, string>()).Write(path);
    }

    public static PyTorchSide Start(string python, SandwichWorkload workload, string tensors, PyTorchSetting setting)
    {
        var options = workload.Options;
        return new(PythonBaseline.Start(python, "train.py", setting.Environment,
            tensors,
            "--layout", workload.Definition.Specification.Layout.Word(),
            "--threads", Text(setting.Threads),
            "--momentum", Text(options.Momentum),
            "--weight-decay", Text(options.WeightDecay),
            "--label-smoothing", Text(options.LabelSmoothing),
            "--maximum-norm", Text(options.MaximumGradientNorm)), workload);
    }

    /// <summary>One round, and the losses of every member in each of its steps.</summary>
    public async Task<(RoundTime Time, IReadOnlyList<IReadOnlyList<double>> Losses)> RunAsync(int round, CancellationToken cancellation)
    {
        var steps = workload.Round(round).Select(step => new { batch = step.Step, members = step.Members.Select(workload.Definition.ToPublished), step.LearningRate });
        var answer = await baseline.AskAsync<Answer>(new { steps }, cancellation);
        return (new(answer.Seconds, answer.ProcessorSeconds), answer.Losses);
    }

    public async Task<string> DescribeAsync(CancellationToken cancellation) => (await baseline.AskAsync<Description>(new { runtime = true }, cancellation)).Runtime;

    public ValueTask DisposeAsync() => baseline.DisposeAsync();

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
