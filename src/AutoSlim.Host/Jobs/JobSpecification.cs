using System.Text.Json;
using AutoSlim.Profiling;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace AutoSlim.Host.Jobs;

/// <summary>What somebody wants done: verbs, one after another.</summary>
/// <param name="Name">For people; letters, digits, '-', '_' and '.'.</param>
/// <param name="Steps">At least one, 100 at most.</param>
internal sealed record JobSpecification(string Name, IReadOnlyList<JobStep> Steps)
{
    private const int MaximumSteps = 100;
    private const int MaximumTextLength = 1 << 20;

    public bool Computes => Steps.Any(step => step.Computes);

    /// <summary>
    /// YAML, and so JSON: <c>name: night</c> and <c>steps:</c>, a list of lines such as <c>profile mobilenet_v2 --device pixel</c>.
    /// </summary>
    /// <exception cref="FormatException">It cannot be read; says where.</exception>
    public static JobSpecification Parse(string text)
    {
        if (text.Length > MaximumTextLength) throw new FormatException($"the job has {text.Length} characters, expected at most {MaximumTextLength}");
        try
        {
            var document = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<Document?>(text);
            return new(document?.Name ?? "", [.. (document?.Steps ?? []).Select(line => JobStep.Parse(line ?? ""))]);
        }
        catch (ArgumentException error)
        {
            // As YamlDotNet meets a tag without a name.
            throw new FormatException($"the job cannot be read: {error.Message}; expected 'name: NAME' and 'steps:' with a list of verbs, without tags", error);
        }
        catch (YamlException error)
        {
            throw new FormatException($"the job cannot be read: line {error.Start.Line}: {Reason(error)}; expected 'name: NAME' and 'steps:' with a list of verbs, in single quotes where one has ': ' in it", error);
        }
    }

    /// <summary>The job that a text asks for, or all that is wrong with it.</summary>
    public static (JobSpecification? Specification, IReadOnlyList<string> Problems) Read(string text)
    {
        try
        {
            var specification = Parse(text);
            return specification.Problems() is { Count: > 0 } problems ? (null, problems) : (specification, []);
        }
        catch (FormatException error)
        {
            return (null, [error.Message]);
        }
    }

    /// <summary>All that is wrong, each with the step that it is in.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. AgentHello.NameProblem(Name) is null ? Array.Empty<string>() : [$"name '{Name}' must start with a letter or digit and have at most 64 letters, digits, '-', '_' and '.'"],
        .. Steps.Count is >= 1 and <= MaximumSteps ? Array.Empty<string>() : [$"the job has {Steps.Count} steps, expected 1 to {MaximumSteps}"],
        .. Steps.SelectMany((step, index) => step.Problems().Select(problem => $"step {index + 1}: {problem}")),
    ];

    /// <summary>As it is stored.</summary>
    public string ToJson() => JsonSerializer.Serialize(Steps.Select(step => step.Arguments));

    public static JobSpecification FromJson(string name, string json) => new(name, [.. JsonSerializer.Deserialize<string[][]>(json)!.Select(arguments => new JobStep(arguments))]);

    /// <summary>What the library says of <c>- slim run --target "small: macs&lt;=3M"</c>, which YAML takes for an object, helps nobody.</summary>
    private static string Reason(YamlException error) =>
        (error.InnerException ?? error).Message is var message && message.Contains(typeof(string).FullName!, StringComparison.Ordinal) ? "there is a list or an object where a text is expected" : message;

    private sealed class Document
    {
        public string? Name { get; init; }

        public List<string?>? Steps { get; init; }
    }
}
