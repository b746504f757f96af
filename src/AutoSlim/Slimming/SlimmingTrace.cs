using System.Text.Json;
using AutoSlim.Networks;

namespace AutoSlim.Slimming;

/// <summary>The search's log: one JSON line per step, appended as it happens. A search resumes by replaying it.</summary>
public sealed class SlimmingTrace(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new ChannelConfigurationConverter() } };

    /// <summary>All whole lines. A last line that an interruption cut short is dropped, from the file too.</summary>
    /// <exception cref="InvalidDataException">A line is not a step, or steps are missing; names the line.</exception>
    public IReadOnlyList<SlimmingStep> Read()
    {
        var (text, whole, steps) = WholeLines();
        if (whole.Length < text.Length) Files.WholeFile.WriteText(path, whole);
        return steps;
    }

    /// <summary>All whole lines, for whoever only looks on while a search writes: the file stays as it is.</summary>
    /// <exception cref="InvalidDataException">A line is not a step, or steps are missing; names the line.</exception>
    public IReadOnlyList<SlimmingStep> Peek() => WholeLines().Steps;

    public void Append(SlimmingStep step)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        file.Write(JsonSerializer.SerializeToUtf8Bytes(step, Json));
        file.WriteByte((byte)'\n');
        file.Flush(flushToDisk: true);
    }

    private (string Text, string Whole, IReadOnlyList<SlimmingStep> Steps) WholeLines()
    {
        if (!File.Exists(path)) return ("", "", []);
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var text = file.ReadToEnd();
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        return (text, whole, [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)]);
    }

    private SlimmingStep Parse(string line, int index)
    {
        try
        {
            var step = JsonSerializer.Deserialize<SlimmingStep>(line, Json);
            if (step is { Configuration: not null, Cost: not null, Score: not null, Candidates: not null } && step.Step == index) return step;
        }
        catch (JsonException)
        {
        }

        throw new InvalidDataException($"line {index + 1} of '{path}' is not step {index} of a trace; delete the trace to search again");
    }
}
