using System.Globalization;
using System.Text.RegularExpressions;
using AutoSlim.Host.Serving.Api;

namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>How far a job is: the steps that are done, and what the present one says of itself.</summary>
internal static partial class JobProgress
{
    private const double Whole = 100;

    /// <summary>0 to 100.</summary>
    public static double Percent(JobView job)
    {
        if (job.Steps.Count == 0) return 0;
        var within = job.State == "running" && Said().Match(job.LastLine) is { Success: true } said ? double.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture) / Whole : 0;
        return Math.Min(Whole, Whole * (job.StepsDone + within) / job.Steps.Count);
    }

    /// <summary>As progress lines have it: <c>profile phone: 41 %, 2.1 entries/s</c>.</summary>
    [GeneratedRegex(@": (\d{1,3}) %,")]
    private static partial Regex Said();
}
