using System.Text.Json;

namespace AutoSlim.Tests.Networks;

/// <summary>Published channel lists with the counts computed for them (published.json beside this file, copied to the output).</summary>
internal sealed record PublishedTable(IReadOnlyList<PublishedModel> Models, IReadOnlyDictionary<string, PublishedFamily> Families)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static PublishedTable Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Networks", "published.json");
        return JsonSerializer.Deserialize<PublishedTable>(File.ReadAllText(path), Options)!;
    }
}

internal sealed record PublishedModel(
    string Model, string Network, string Layout, int Resolution, IReadOnlyList<int> Channels, long MultiplyAdds, long Parameters, long? PaperMemory = null);

internal sealed record PublishedFamily(
    IReadOnlyList<IReadOnlyList<int>> Ties, IReadOnlyList<int> Maximum, IReadOnlyList<int> Steps, IReadOnlyList<int> StepsFromMaximum);
