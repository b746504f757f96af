using System.Net;
using AutoSlim.Host.Devices;
using Npgsql;

namespace AutoSlim.Host.Serving;

/// <summary>How the headless host is started: by flags, environment (<c>AUTOSLIM_...</c>) and a file, the first that says something.</summary>
internal sealed record ServeOptions
{
    public const string DefaultStateFolder = "autoslim-state";
    public const string DefaultAddress = "http://127.0.0.1:5230";

    /// <summary>Where the host keeps its own: certificate, operator's token, database, logs of jobs.</summary>
    public string State { get; init; } = DefaultStateFolder;

    /// <summary>Addresses to listen on, separated by ';'. Plain http on loopback only.</summary>
    public string Listen { get; init; } = DefaultAddress;

    /// <summary>A PostgreSQL connection string; null for an SQLite file in the state folder.</summary>
    public string? Database { get; init; }

    /// <summary>Where relative paths of jobs count from: runs, images, profiles.</summary>
    public string Work { get; init; } = ".";

    /// <summary>Folder of the cost tables, counted from the work folder.</summary>
    public string Profiles { get; init; } = "profiles";

    /// <summary>Where metrics and traces go (OTLP); null for nowhere.</summary>
    public string? Otlp { get; init; }

    /// <summary>Jobs that only profile, run at once; all others run one after another, for they share the processor. 1 to 1000.</summary>
    public int ProfilingJobs { get; init; } = 16;

    /// <summary>How often one probe is given out before it is taken for poison, 1 to 100.</summary>
    public int ProbeAttempts { get; init; } = LeasePolicy.Patient.MaximumLeases;

    /// <summary>How long a device is left alone that failed three times in a row, 1 to 3600.</summary>
    public double BreakSeconds { get; init; } = LeasePolicy.Patient.BreakTime.TotalSeconds;

    public LeasePolicy Leases => LeasePolicy.Patient with { MaximumLeases = ProbeAttempts, BreakTime = TimeSpan.FromSeconds(BreakSeconds) };

    public IReadOnlyList<string> Addresses => Listen.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>All that is wrong; empty when the host can start.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. Addresses.Count == 0 ? ["--listen names no address, expected such as http://127.0.0.1:5230 or https://0.0.0.0:5230"] : Array.Empty<string>(),
        .. Addresses.Select(AddressProblem).OfType<string>(),
        .. Database is not null && DatabaseProblem(Database) is string database ? [database] : Array.Empty<string>(),
        .. Directory.Exists(Work) ? Array.Empty<string>() : [$"--work '{Work}' is no folder"],
        .. ProfilingJobs is >= 1 and <= 1000 ? Array.Empty<string>() : [$"--profiling-jobs is {ProfilingJobs}, expected 1 to 1000"],
        .. ProbeAttempts is >= 1 and <= 100 ? Array.Empty<string>() : [$"--probe-attempts is {ProbeAttempts}, expected 1 to 100"],
        .. BreakSeconds is >= 1 and <= 3600 ? Array.Empty<string>() : [FormattableString.Invariant($"--break-seconds is {BreakSeconds}, expected 1 to 3600")],
        .. Otlp is null || Uri.TryCreate(Otlp, UriKind.Absolute, out var otlp) && otlp.Scheme is "http" or "https" ? Array.Empty<string>() : [$"--otlp '{Otlp}' is no http or https address"],
    ];

    /// <summary>What an address means to the web server.</summary>
    public static (IPAddress Interface, int Port, bool IsSecure) Parse(string address)
    {
        var uri = new Uri(address);
        return (uri.IsLoopback ? uri.HostNameType == UriHostNameType.IPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback : IPAddress.Parse(uri.Host.Trim('[', ']')), uri.Port, uri.Scheme == Uri.UriSchemeHttps);
    }

    /// <summary>Never tells what the text holds: a password is in it.</summary>
    private static string? DatabaseProblem(string connection)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection).Host is null ? "--database names no host, expected a PostgreSQL connection string such as Host=/run/postgresql;Database=autoslim" : null;
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            return "--database is no PostgreSQL connection string such as Host=/run/postgresql;Database=autoslim";
        }
    }

    private static string? AddressProblem(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/")
            return $"--listen '{address}' is no address such as http://127.0.0.1:5230 or https://0.0.0.0:5230";
        if (!uri.IsLoopback && !IPAddress.TryParse(uri.Host.Trim('[', ']'), out _)) return $"--listen '{address}' names no network interface: give its IP address, or 0.0.0.0 for all";
        return uri.Scheme == "http" && !uri.IsLoopback ? $"--listen '{address}' would carry tokens in plain text over the network: use https (the host makes its own certificate), or loopback" : null;
    }
}
