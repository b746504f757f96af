using System.CommandLine;
using AutoSlim.Host.Serving;
using AutoSlim.Networks;

namespace AutoSlim.Host.Commands;

/// <summary><c>serve</c>: the headless host.</summary>
internal sealed class ServeVerb
{
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
            var verb = new Command("serve", "Runs the headless host: agents connect to it, jobs run on it, a page shows both.") { config };
            foreach (var setting in settings) verb.Add(setting);
            return verb.Runs(RunAsync);
        }
    }

    private static Option<string?> Setting(string name, string helpName, string description) => new($"--{name}") { HelpName = helpName, Description = description };

    private Task RunAsync(ParseResult parsed, CancellationToken cancellation) => FleetHost.RunAsync(Options(parsed), parsed.InvocationConfiguration.Output, cancellation);

    private ServeOptions Options(ParseResult parsed)
    {
        var flags = settings.Select(option => KeyValuePair.Create(Key(option.Name), parsed.GetValue(option))).Where(pair => pair.Value is not null);
        try
        {
            var builder = new ConfigurationBuilder();
            if (parsed.GetValue(config) is FileInfo file) builder.AddJsonFile(file.FullName, optional: false);
            var configuration = builder.AddInMemoryCollection(FromEnvironment()).AddInMemoryCollection(flags).Build();
            RequireKnown(configuration);
            return configuration.Get<ServeOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? Defaults;
        }
        catch (FileNotFoundException)
        {
            throw new UsageException($"--config '{parsed.GetValue(config)}' does not exist");
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException or FormatException)
        {
            throw new UsageException($"the configuration cannot be used: {(error.InnerException ?? error).Message}");
        }
    }

    private IEnumerable<KeyValuePair<string, string?>> FromEnvironment() => settings
        .Select(option => KeyValuePair.Create(Key(option.Name), Environment.GetEnvironmentVariable(EnvironmentPrefix + option.Name[2..].Replace('-', '_').ToUpperInvariant())))
        .Where(pair => pair.Value is not null);

    private void RequireKnown(IConfiguration configuration)
    {
        var known = settings.Select(option => option.Name[2..]).ToList();
        var problems = configuration.GetChildren().Where(child => !settings.Any(option => Key(option.Name).Equals(child.Key, StringComparison.OrdinalIgnoreCase)))
            .Select(child => $"the configuration's '{child.Key}' is unknown; choose among {string.Join(", ", known)}{NearestName.Hint(child.Key, known)}").ToList();
        if (problems.Count > 0) throw new UsageException(problems);
    }

    /// <summary><c>--profiling-jobs</c> as the property is called.</summary>
    private static string Key(string option) => option[2..].Replace("-", "", StringComparison.Ordinal);
}
