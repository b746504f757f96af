using System.Text.Json;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>quality.jsonl: every result as it came, and so what a later sitting need not do again.</summary>
internal sealed class QualityLog(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Of these settings.</summary>
    /// <exception cref="InvalidDataException">A line is no result; names it.</exception>
    public IReadOnlyList<QualityResult> Read(QualitySettings settings) => File.Exists(path)
        ? [.. File.ReadLines(path).Select(Parse).Where(result => result.Settings == settings)]
        : [];

    public void Append(QualityResult result)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        file.Write(JsonSerializer.SerializeToUtf8Bytes(result, Json));
        file.WriteByte((byte)'\n');
        file.Flush(flushToDisk: true);
    }

    private QualityResult Parse(string line, int index)
    {
        try
        {
            return JsonSerializer.Deserialize<QualityResult>(line, Json) ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"line {index + 1} of '{path}' is no result: {fault.Message}; remove it, it is made again", fault);
        }
    }
}
