using System.CommandLine;
using AutoSlim.Host.Telemetry;

namespace AutoSlim.Host.Commands;

/// <summary>How a verb says what it does.</summary>
public static class VerbActions
{
    /// <summary>
    /// Runs <paramref name="work"/> on the thread pool, so that Ctrl-C ends the process even while the work computes without
    /// looking at its token. It ends with exit code 0, or by an exception that <see cref="CommandRunner"/> knows.
    /// </summary>
    public static Command Runs(this Command verb, Func<ParseResult, CancellationToken, Task> work)
    {
        verb.SetAction((parsed, token) => Task.Run(() => verb.Name == ServeVerb.Name ? work(parsed, token) : VerbTelemetry.RunAsync(verb.Name, () => work(parsed, token)), token));
        return verb;
    }
}
