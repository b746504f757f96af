using System.Text.Json;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Commands;

public sealed class PublishedListTests
{
    private static readonly JsonElement[] Table = [.. Load().RootElement.GetProperty("models").EnumerateArray()];

    public static TheoryData<string> Models => [.. Table.Select(model => model.GetProperty("model").GetString()!)];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Describe_counts_every_published_list(string name)
    {
        var model = Table.Single(model => model.GetProperty("model").GetString() == name);
        var run = await CommandLine.RunAsync(
            "describe", model.GetProperty("network").GetString()!,
            "--layout", model.GetProperty("layout").GetString()!,
            "--channels", string.Join(',', model.GetProperty("channels").EnumerateArray()),
            "--json");
        Assert.Equal("", run.Error);
        var result = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(model.GetProperty("multiplyAdds").GetInt64(), result.GetProperty("multiplyAdds").GetInt64());
        Assert.Equal(model.GetProperty("parameters").GetInt64(), result.GetProperty("parameters").GetInt64());
        Assert.Equal(model.GetProperty("resolution").GetInt32(), result.GetProperty("resolution").GetInt32());
    }

    private static JsonDocument Load() => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Commands", "published.json")));
}
