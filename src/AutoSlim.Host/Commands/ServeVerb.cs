using System.CommandLine;
using System.ComponentModel;
using AutoSlim.Host.Serving;
using AutoSlim.Networks;

namespace AutoSlim.Host.Commands;

/// <summary><c>serve</c>: the headless host.</summary>
internal sealed class ServeVerb
{
    public const string Name = "serve";

    private const string EnvironmentPrefix = "AUTOSLIM_SERVE_";

    private static readonly ServeOptions Defaults = new();

    private readonly Option<FileInfo?> config = new("--config") { HelpName = "FILE", Description = $"JSON with these options by their names, such as {{\"listen\": \"https://0.0.0.0:5230\"}}; the environment ({EnvironmentPrefix}LISTEN) and flags override it." };
    private readonly IReadOnlyList<Option<string?>> settings =
    [
        Setting("listen", "URLS", $"Addresses with ';' between them. Off loopback https only, by a certificate that the host makes itself. Default: {ServeOptions.DefaultAddress}."),
        Setting("state", "DIR", $"The host's own folder: certificate, operator's token, database, logs of jobs. Default: {ServeOptions.DefaultStateFolder}."),
        Setting("work", "DIR", "Where relative paths in jobs count from. Default: the present folder."),
        Setting("profiles", "DIR", $"Folder of the cost tables, for the page. Default: {Defaults.Profiles}."),
        Setting("database", "CONNECTION", "PostgreSQL instead of an SQLite file in the state folder; better in the file or the environment, for it holds a password."),
        Setting("otlp", "URL", "Collector of metrics and traces (OTLP)."),
        Setting("probe-attempts", "N", $"How often one probe is given out, to agents that are lost over it, before it is given up. Default: {Defaults.ProbeAttempts}."),
        Setting("break-seconds", "N", $"How long a device that failed three times in a row is left alone. Default: {Defaults.BreakSeconds}."),
        Setting("profiling-jobs", "N", $"Jobs that only profile, run at once; others run one after another. Default: {Defaults.ProfilingJobs}."),
    ];

    public Command Command
    {
        get
        {
            var verb = new Command(Name, "Runs the headless host: agents connect to it, jobs run on it, a page shows both.") { config };
            foreach (var setting in settings) verb.Add(setting);
            return verb.Runs(RunAsync);
        }
    }

    private static Option<string?> Setting(string name, string helpName, string description) => new($"--{name}") { HelpName = helpName, Description = description };

    private Task RunAsync(ParseResult parsed, CancellationToken cancellation) => FleetHost.RunAsync(Options(parsed), parsed.InvocationConfiguration.Output, cancellation);

    private ServeOptions Options(ParseResult parsed)
    {
        var configuration = Read(parsed);
        var values = settings.Select(option => configuration.GetSection(Key(option.Name))).Where(section => section.Exists()).ToList();
        var unreadable = values.Where(section => !IsReadable(section)).ToList();
        var readable = values.Except(unreadable).Select(section => KeyValuePair.Create(section.Key, section.Value));
        var options = new ConfigurationBuilder().AddInMemoryCollection(readable).Build().Get<ServeOptions>() ?? Defaults;
        string[] problems = [.. Unknown(configuration), .. unreadable.Select(Problem), .. options.Problems()];
        return problems.Length == 0 ? options : throw new UsageException(problems);
    }

    private IConfiguration Read(ParseResult parsed)
    {
        var flags = settings.Select(option => KeyValuePair.Create(Key(option.Name), parsed.GetValue(option))).Where(pair => pair.Value is not null);
        var builder = new ConfigurationBuilder();
        try
        {
            if (parsed.GetValue(config) is FileInfo file) builder.AddJsonFile(file.FullName, optional: false);
            return builder.AddInMemoryCollection(FromEnvironment()).AddInMemoryCollection(flags).Build();
        }
        catch (FileNotFoundException)
        {
            throw new UsageException($"--config '{parsed.GetValue(config)}' does not exist");
        }
        catch (Exception error) when (error is InvalidDataException or FormatException)
        {
            throw new UsageException($"--config '{parsed.GetValue(config)}' cannot be read: {(error.InnerException ?? error).Message}");
        }
    }

    private static bool IsReadable(IConfigurationSection section) => section.Value is string value && TypeDescriptor.GetConverter(TypeOf(section)).IsValid(value);

    private string Problem(IConfigurationSection section)
    {
        var name = settings.Single(option => Key(option.Name).Equals(section.Key, StringComparison.OrdinalIgnoreCase)).Name;
        var expected = TypeOf(section) switch { var type when type == typeof(int) => "a whole number", var type when type == typeof(double) => "a number", _ => "one text" };
        return section.Value is string value ? $"{name} is '{value}', expected {expected}" : $"{name} is a list or an object in the file, expected {expected}";
    }

    private static Type TypeOf(IConfigurationSection section) => typeof(ServeOptions).GetProperties().Single(property => property.Name.Equals(section.Key, StringComparison.OrdinalIgnoreCase)).PropertyType;

    private IEnumerable<KeyValuePair<string, string?>> FromEnvironment() => settings
        .Select(option => KeyValuePair.Create(Key(option.Name), Environment.GetEnvironmentVariable(EnvironmentPrefix + option.Name[2..].Replace('-', '_').ToUpperInvariant())))
        .Where(pair => pair.Value is not null);

    private IEnumerable<string> Unknown(IConfiguration configuration)
    {
        var known = settings.Select(option => option.Name[2..]).ToList();
        return configuration.GetChildren().Where(child => !settings.Any(option => Key(option.Name).Equals(child.Key, StringComparison.OrdinalIgnoreCase)))
            .Select(child => $"the configuration's '{child.Key}' is unknown; choose among {string.Join(", ", known)}{NearestName.Hint(child.Key, known)}");
    }

    /// <summary><c>--profiling-jobs</c> as the property is called.</summary>
    private static string Key(string option) => option[2..].Replace("-", "", StringComparison.Ordinal);
}
