using System.Text.Json;

namespace AutoSlim.Networks;

/// <summary>Reads a channels.json and collects every problem of it before it gives up.</summary>
internal sealed class ChannelFileReader
{
    private static readonly string[] Keys = ["network", "layout", "resolution", "classes", "channels"];
    /// <summary>Pixels and classes beyond which counts of multiply-adds do not fit their numbers.</summary>
    private const int LargestNumber = 1_000_000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly List<string> problems = [];
    private readonly JsonElement root;

    private ChannelFileReader(JsonElement root) => this.root = root;

    public static ChannelFile Read(string json, NetworkDefinition? definition = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return new ChannelFileReader(document.RootElement).Read(definition);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new InvalidChannelsException([$"not JSON of the form {{\"network\", \"layout\", \"resolution\", \"classes\", \"channels\"}}: {fault.Message}"]);
        }
    }

    private ChannelFile Read(NetworkDefinition? definition)
    {
        RequireKeys();
        var network = Known("network", NetworkCatalog.Names);
        var layout = Known("layout", StrideLayoutWords.All) is string word ? StrideLayoutWords.Parse(word) : null;
        var resolution = Number("resolution", NetworkCatalog.SmallestResolution);
        var classes = Number("classes", 1);
        var channels = Channels();
        StopOnProblems();
        NetworkSpecification found = new(network!, layout!.Value, resolution, Classes: classes);
        if (definition is null) return Fit(found, channels);
        RequireSame(found, definition.Specification);
        return ChannelFile.Of(definition, new(channels));
    }

    private void RequireSame(NetworkSpecification found, NetworkSpecification expected)
    {
        var of = found with { InputChannels = expected.InputChannels, MaximumWidth = expected.MaximumWidth };
        if (of == expected) return;
        problems.Add($"the channels are of {of.Network}, {of.Layout.Word()}, {of.Resolution} pixels, {of.Classes} classes; expected {expected.Network}, {expected.Layout.Word()}, {expected.Resolution} pixels, {expected.Classes} classes");
        StopOnProblems();
    }

    private ChannelFile Fit(NetworkSpecification specification, Dictionary<string, int> channels)
    {
        var definition = NetworkCatalog.Create(specification);
        if (definition.Groups.All(group => channels.ContainsKey(group.Name)))
            definition = FittingNetwork.Holding(specification, definition.ToPublished(GroupChannels.InOrder(definition, channels)));
        problems.AddRange(GroupChannels.Problems(definition, channels));
        StopOnProblems();
        return ChannelFile.Of(definition, new(channels));
    }

    private void RequireKeys()
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new InvalidChannelsException([$"the file holds a JSON {root.ValueKind.ToString().ToLowerInvariant()}, expected an object with {string.Join(", ", Keys)}"]);
        var found = root.EnumerateObject().Select(property => property.Name).ToList();
        problems.AddRange(found.Except(Keys).Select(key => $"unknown key '{key}'; expected {string.Join(", ", Keys)}{NearestName.Hint(key, Keys)}"));
        problems.AddRange(Keys.Except(found).Select(key => $"key '{key}' is missing; add it"));
    }

    private string? Known(string key, IReadOnlyCollection<string> words)
    {
        if (!root.TryGetProperty(key, out var value)) return null;
        if (value.ValueKind == JsonValueKind.String && words.Contains(value.GetString()!)) return value.GetString();
        var hint = value.ValueKind == JsonValueKind.String ? NearestName.Hint(value.GetString()!, words) : "";
        problems.Add($"{key} is {value.GetRawText()}, expected one of {string.Join(", ", words)}{hint}");
        return null;
    }

    private int Number(string key, int minimum)
    {
        if (!root.TryGetProperty(key, out var value)) return minimum;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= minimum && number <= LargestNumber) return number;
        problems.Add($"{key} is {value.GetRawText()}, expected a whole number from {minimum} to {LargestNumber}");
        return minimum;
    }

    private Dictionary<string, int> Channels()
    {
        var channels = new Dictionary<string, int>();
        if (!root.TryGetProperty("channels", out var groups)) return channels;
        if (groups.ValueKind != JsonValueKind.Object)
            problems.Add("channels is not an object; expected {\"group\": number}");
        else
            foreach (var group in groups.EnumerateObject()) Add(group, channels);
        return channels;
    }

    private void Add(JsonProperty group, Dictionary<string, int> channels)
    {
        if (group.Value.ValueKind == JsonValueKind.Number && group.Value.TryGetInt32(out var count)) channels[group.Name] = count;
        else problems.Add($"group '{group.Name}' has {group.Value.GetRawText()} channels, expected a whole number");
    }

    private void StopOnProblems()
    {
        if (problems.Count > 0) throw new InvalidChannelsException(problems);
    }
}
