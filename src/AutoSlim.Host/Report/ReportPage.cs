using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using AutoSlim.Files;

namespace AutoSlim.Host.Report;

/// <summary>report.html: one page with its style, script and data inside, which asks the network for nothing.</summary>
public static partial class ReportPage
{
    // The default encoder escapes <, > and &, so that no name can end the script element that holds the data.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Writes the page whole or not at all.</summary>
    public static void Write(string path, ReportData data) => WholeFile.WriteText(path, Compose(data));

    /// <exception cref="ArgumentException">A group does not have one channel count per target.</exception>
    public static string Compose(ReportData data)
    {
        var targets = data.Summary.Targets.Count;
        if (data.Groups.FirstOrDefault(group => group.Channels.Count != targets) is ReportGroup odd)
            throw new ArgumentException($"group '{odd.Name}' has {odd.Channels.Count} channel counts, expected {targets}: one per target", nameof(data));
        var parts = Parts(data);
        return Placeholder().Replace(Resource("report.html"), match => parts[match.Groups[1].Value]);
    }

    private static Dictionary<string, string> Parts(ReportData data) => new()
    {
        ["title"] = Html.Of($"AutoSlim: {data.Network} on {data.Summary.Device}").Text,
        ["result"] = Html.Escape(Headline.Result(data.Summary)).Text,
        ["latency"] = Html.Escape(Headline.Latency(data.Summary)).Text,
        ["targets"] = ReportTables.Targets(data.Summary).Text,
        ["channels"] = ReportTables.Channels(data).Text,
        ["steps"] = ReportTables.Steps(data).Text,
        ["provenance"] = ReportTables.Provenance(data).Text,
        ["data"] = JsonSerializer.Serialize(data, Json),
        ["style"] = Resource("report.css"),
        ["chart"] = SourceMap().Replace(Resource("chart.umd.min.js"), ""),
        ["script"] = Resource("report.js"),
    };

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();

    /// <summary>Names a file that is not there.</summary>
    [GeneratedRegex(@"^//# sourceMappingURL=.*$", RegexOptions.Multiline)]
    private static partial Regex SourceMap();
}
