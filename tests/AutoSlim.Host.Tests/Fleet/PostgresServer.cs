using System.Diagnostics;
using AutoSlim.Tests.Common;
using Npgsql;

namespace AutoSlim.Host.Tests.Fleet;

/// <summary>A PostgreSQL server of the tests' own: in a temporary folder, on a socket in it, for as long as they run.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Versions = "/usr/lib/postgresql";

    /// <summary>The server refuses to run as root.</summary>
    private const string Account = "postgres";

    private readonly TemporaryFolder folder = new();
    private int databases;

    /// <summary>Why there is none on this machine; null where there is.</summary>
    public static string? Missing => Programs is null ? $"no PostgreSQL server is installed under {Versions} (Debian's package 'postgresql' has one)" : null;

    private static string? Programs => Directory.Exists(Versions)
        ? Directory.GetDirectories(Versions).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(folder.Path, "data");

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        if (IsRoot) await RunAsync("chown", Account, server.folder.Path);
        await RunAsServerAsync("initdb", "--pgdata", server.Data, "--auth", "trust", "--username", Account, "--encoding", "UTF8", "--no-locale", "--no-sync");
        await server.StartAgainAsync();
        return server;
    }

    public Task StartAgainAsync() =>
        RunAsServerAsync("pg_ctl", "start", "--wait", "--silent", "--pgdata", Data, "--log", Path.Combine(folder.Path, "log"), "--options", $"-k {folder.Path} -c listen_addresses='' -c fsync=off");

    public Task StopAsync() => RunAsServerAsync("pg_ctl", "stop", "--mode", "immediate", "--silent", "--pgdata", Data);

    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"fleet{Interlocked.Increment(ref databases)}";
        await using var connection = new NpgsqlConnection(Connection("postgres"));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name}", connection);
        await create.ExecuteNonQueryAsync();
        return Connection(name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await StopAsync();
        folder.Dispose();
    }

    private string Connection(string database) => $"Host={folder.Path};Username={Account};Database={database}";

    private static Task RunAsServerAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        return IsRoot ? RunAsync("runuser", ["-u", Account, "--", path, .. arguments]) : RunAsync(path, arguments);
    }

    /// <summary>Its output goes nowhere: the server would keep a pipe open for ever.</summary>
    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" > /dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with exit code {process.ExitCode}");
    }
}
