using System.Text.Json;
using System.Text.RegularExpressions;
using AutoSlim.Host.Report;

namespace AutoSlim.Host.Tests.Report;

public sealed partial class ReportPageTests
{
    private const string Hostile = "</script><img src=x onerror=alert(1)>&\"'{{chart}}";

    [Fact]
    public void The_page_loads_nothing()
    {
        var page = ReportPage.Compose(ReportExample.Data);
        Assert.DoesNotMatch(Loading(), page);
        Assert.DoesNotContain("sourceMappingURL", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Placeholder(), page);
    }

    [Fact]
    public void The_numbers_are_there_without_a_script()
    {
        var page = ReportPage.Compose(ReportExample.Data);
        var text = page[..page.IndexOf("<script", StringComparison.Ordinal)];
        Assert.All(["2.28 ms", "87.1 %", "41.0 M", "1920", "0.7100", "some processor, some system", "retrain 402.7"], number => Assert.Contains(number, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Hostile_names_stay_text()
    {
        var target = ReportExample.Summary.Targets[0] with { Name = Hostile, Onnx = Hostile };
        var data = new ReportData(
            new(Hostile, Hostile, [target], ReportExample.Summary.Seconds), Hostile, Hostile, 1, [new(Hostile, 8, [8])], [new(0, 1, 1, Hostile)], [0]);
        var page = ReportPage.Compose(data);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Equal(3, ScriptEnd().Count(page));
        Assert.Equal(Hostile, Data(page).GetProperty("summary").GetProperty("device").GetString());
    }

    [Fact]
    public void A_target_that_limits_no_latency_has_no_budget()
    {
        var data = ReportExample.Data with { Summary = ReportExample.WithTargets(ReportExample.Summary.Targets[0] with { BudgetMilliseconds = null }, ReportExample.Summary.Targets[1]) };
        var page = ReportPage.Compose(data);
        Assert.Contains("<th scope=\"row\">large</th><td>none</td>", page, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, Data(page).GetProperty("summary").GetProperty("targets")[0].GetProperty("budgetMilliseconds").ValueKind);
    }

    [Fact]
    public void Groups_must_have_one_number_per_target()
    {
        var data = ReportExample.Data with { Groups = [new("stem", 48, [32])] };
        Assert.Contains("group 'stem' has 1 channel counts, expected 2", Assert.Throws<ArgumentException>(() => ReportPage.Compose(data)).Message, StringComparison.Ordinal);
    }

    private static JsonElement Data(string page)
    {
        const string start = "id=\"report-data\">";
        var from = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return JsonDocument.Parse(page[from..page.IndexOf("</script>", from, StringComparison.Ordinal)]).RootElement;
    }

    [GeneratedRegex("""(src|href|action|data)\s*=\s*["']?\s*(https?:)?//|@import|\burl\(|<link|<iframe|<base""", RegexOptions.IgnoreCase)]
    private static partial Regex Loading();

    [GeneratedRegex(@"\{\{\w+\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("</script>")]
    private static partial Regex ScriptEnd();
}
