namespace AutoSlim.Host.Report;

/// <summary>The report's numbers as HTML tables: they are there without JavaScript.</summary>
internal static class ReportTables
{
    public static Html Targets(DemoSummary summary) => Table(
        ["Target", "Budget", "Predicted", "Measured", "Accuracy", "Uniform accuracy", "Uniform measured", "Multiply-adds", "Model"],
        summary.Targets.Select(target => Row(
            target.Name,
            target.BudgetMilliseconds is double budget ? Html.Of($"{Milliseconds.Text(budget)} ms") : Html.Escape("none"),
            Html.Of($"{Milliseconds.Text(target.PredictedMilliseconds)} ms"),
            Html.Of($"{Milliseconds.Text(target.MeasuredMilliseconds)} ms"),
            Html.Of($"{target.Accuracy * 100:0.0} %"),
            Html.Of($"{target.UniformAccuracy * 100:0.0} %"),
            Html.Of($"{Milliseconds.Text(target.UniformMeasuredMilliseconds)} ms"),
            Html.Of($"{target.MultiplyAdds / 1e6:0.0} M"),
            Html.Of($"<code>{target.Onnx}</code>"))));

    public static Html Channels(ReportData data) => Table(
        ["Group", "Widest", .. data.Summary.Targets.Select(target => target.Name)],
        data.Groups.Select(group => Row(group.Name, [Html.Of($"{group.Maximum}"), .. group.Channels.Select(channels => Html.Of($"{channels}"))])));

    public static Html Steps(ReportData data) => Table(
        ["Step", "Latency", "Held-out loss", "Slimmed group"],
        data.Steps.Select(step => Row(
            $"{step.Step}",
            Html.Of($"{step.LatencyMilliseconds:0.000} ms"),
            Html.Of($"{step.Loss:0.0000}"),
            step.Group.Length == 0 ? Html.Escape("none yet") : Html.Of($"<code>{step.Group}</code>"))));

    public static Html Provenance(ReportData data)
    {
        var seconds = data.Summary.Seconds;
        return Html.Join(
        [
            Fact("Device", Html.Of($"{data.Summary.Device}: {data.DeviceDescription}")),
            Fact("Data set", Html.Escape(data.Summary.Dataset)),
            Fact("Network", Html.Escape(data.Network)),
            Fact("Seed", Html.Of($"{data.Seed}")),
            Fact("Seconds", Html.Of($"profile {seconds.Profile:0.0}, train {seconds.Train:0.0}, slim {seconds.Slim:0.0}, retrain {seconds.Retrain:0.0}, verify {seconds.Verify:0.0}")),
        ]);
    }

    private static Html Fact(string name, Html value) => Html.Of($"<dt>{name}</dt><dd>{value}</dd>\n");

    private static Html Table(IReadOnlyList<string> heads, IEnumerable<Html> rows) => Html.Of(
        $"<table><thead><tr>{Html.Join(heads.Select(head => Html.Of($"<th scope=\"col\">{head}</th>")))}</tr></thead>\n<tbody>{Html.Join(rows)}</tbody></table>");

    private static Html Row(string name, params IReadOnlyList<Html> cells) =>
        Html.Of($"<tr><th scope=\"row\">{name}</th>{Html.Join(cells.Select(cell => Html.Of($"<td>{cell}</td>")))}</tr>\n");
}
