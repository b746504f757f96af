using System.Globalization;

namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>Times and numbers as people say them.</summary>
internal static class Words
{
    public const string None = "–";

    /// <summary>Marks a cell that says nothing, which a phone leaves out.</summary>
    public static string Mark(object? value) => value is null or "" ? "none" : "";

    /// <summary>How long ago, in one unit.</summary>
    public static string Ago(DateTimeOffset? at, DateTimeOffset now) => at is DateTimeOffset then ? $"{Span(now - then)} ago" : "never";

    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => "0 s",
        { TotalMinutes: < 1 } => $"{(int)span.TotalSeconds} s",
        { TotalHours: < 1 } => $"{(int)span.TotalMinutes} min",
        { TotalDays: < 2 } => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalDays} days",
    };

    public static string Exact(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? None;

    /// <summary>Number and unit stay on one line.</summary>
    public static string Number(double? value, string format, string unit) => value is double number ? $"{number.ToString(format, CultureInfo.InvariantCulture)}\u00a0{unit}" : None;
}
