using System.Globalization;
using System.Text.Json;
using AutoSlim.Benchmarks.Baselines;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Data;
using AutoSlim.Training.Scoring;

namespace AutoSlim.Benchmarks.Search;

/// <summary>The same steps in plain PyTorch: benchmarks/pytorch/search.py.</summary>
internal sealed class PyTorchSearch(PythonBaseline baseline, NetworkDefinition definition) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal sealed record Answer(double Seconds, string Group, double MultiplyAdds, double Loss);

    private sealed record Description(string Runtime);

    /// <summary>Writes into <paramref name="folder"/> what the script reads, and starts it.</summary>
    public static PyTorchSearch Start(string python, SearchSubject subject, ImageSource images, int threads, string folder)
    {
        var (tensors, description) = (Path.Combine(folder, "search.safetensors"), Path.Combine(folder, "search.json"));
        WriteTensors(subject, images, tensors);
        File.WriteAllText(description, JsonSerializer.Serialize(new { groups = Groups(subject.Definition), perSaving = SlimmingOptions.Exhaustive.Rule == StepRule.Ratio }, Json));
        var environment = new Dictionary<string, string> { ["MALLOC_MMAP_THRESHOLD_"] = "33554432", ["MALLOC_TRIM_THRESHOLD_"] = "2147483647" };
        return new(PythonBaseline.Start(python, "search.py", environment,
            tensors, description,
            "--layout", subject.Definition.Specification.Layout.Word(),
            "--threads", threads.ToString(CultureInfo.InvariantCulture),
            "--batch-size", ScoringMemory.BatchSize(subject.Definition, images.Count).ToString(CultureInfo.InvariantCulture)), subject.Definition);
    }

    /// <summary>Decides the step after <paramref name="current"/>.</summary>
    public Task<Answer> DecideAsync(SlimmingStep current, CancellationToken cancellation) =>
        baseline.AskAsync<Answer>(new { widths = definition.ToPublished(current.Configuration), loss = current.ScoreValue }, cancellation);

    public async Task<string> DescribeAsync(CancellationToken cancellation) => (await baseline.AskAsync<Description>(new { runtime = true }, cancellation)).Runtime;

    public ValueTask DisposeAsync() => baseline.DisposeAsync();

    private static void WriteTensors(SearchSubject subject, ImageSource images, string path)
    {
        var batch = new Batches(images, subject.Normalization, images.Count).InOrder().Single();
        var input = subject.Definition.Input;
        var tensors = subject.Network.Weights.Named.ToDictionary(pair => pair.Key, pair => TorchElements.Store(pair.Value));
        tensors["images"] = StoredTensor.Of([batch.Count, input.Channels, input.Height, input.Width], batch.Pixels);
        tensors["labels"] = StoredTensor.Of([batch.Count], batch.Labels);
        new SafeTensorsFile(tensors, new Dictionary<string, string>()).Write(path);
    }

    private static IEnumerable<object> Groups(NetworkDefinition definition) => definition.Groups.Select(group => new
    {
        group.Name,
        group.Grid,
        Positions = Positions(definition, group),
    });

    /// <summary>Where the numbers of a published list change with this group.</summary>
    private static IReadOnlyList<int> Positions(NetworkDefinition definition, ChannelGroup group)
    {
        var (widest, narrower) = (definition.ToPublished(definition.Widest), definition.ToPublished(definition.Widest.Shrink(group)!));
        return [.. Enumerable.Range(0, widest.Count).Where(index => widest[index] != narrower[index])];
    }
}
