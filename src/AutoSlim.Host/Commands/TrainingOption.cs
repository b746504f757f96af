using System.CommandLine;
using System.Globalization;
using AutoSlim.Networks;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Host.Commands;

/// <summary>One member of <see cref="TrainingOptions"/> on the command line.</summary>
internal sealed class TrainingOption
{
    private readonly Func<string, TrainingOptions, TrainingOptions?> set;
    private readonly Func<string, string> expected;

    private TrainingOption(
        string name, string helpName, string description, Func<string, TrainingOptions, TrainingOptions?> set, Func<string, string> expected)
    {
        Option = new(name) { HelpName = helpName, Description = description };
        (this.set, this.expected) = (set, expected);
    }

    public Option<string?> Option { get; }

    public static TrainingOption Whole(string name, string helpName, string description, Func<TrainingOptions, int, TrainingOptions> with) => new(
        name, helpName, description,
        (text, options) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? with(options, value) : null,
        _ => "a whole number");

    public static TrainingOption Number(string name, string helpName, string description, Func<TrainingOptions, double, TrainingOptions> with) => new(
        name, helpName, description,
        (text, options) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? with(options, value) : null,
        _ => "a number");

    public static TrainingOption Word<T>(string name, string description, Func<TrainingOptions, T, TrainingOptions> with)
        where T : struct, Enum
    {
        var words = Enum.GetValues<T>().ToDictionary(value => value.ToString().ToLowerInvariant());
        return Choice(name, string.Join('|', words.Keys), description, words, with);
    }

    public static TrainingOption Choice<T>(
        string name, string helpName, string description, IReadOnlyDictionary<string, T> words, Func<TrainingOptions, T, TrainingOptions> with) => new(
            name, helpName, description,
            (text, options) => words.TryGetValue(text, out var value) ? with(options, value) : null,
            text => $"one of {string.Join(", ", words.Keys)}{NearestName.Hint(text, [.. words.Keys])}");

    public static TrainingOption Fractions(string name, string helpName, string description, Func<TrainingOptions, Milestones, TrainingOptions> with) => new(
        name, helpName, description,
        (text, options) => Milestones.Parse(text) is Milestones value ? with(options, value) : null,
        _ => "fractions of all steps with commas between them, such as 0.3,0.6,0.9");

    /// <summary>The options with what the command line says; as they are where it says nothing or cannot be read, which is a problem.</summary>
    public TrainingOptions Over(TrainingOptions options, string? text, List<string> problems)
    {
        if (text is null) return options;
        if (set(text, options) is TrainingOptions changed) return changed;
        problems.Add($"{Option.Name} is '{text}', expected {expected(text)}");
        return options;
    }
}
