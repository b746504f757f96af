using System.Diagnostics;
using System.Text.Json;
using AutoSlim.Benchmarks.Frame;
using AutoSlim.Host.Commands;

namespace AutoSlim.Benchmarks.Baselines;

/// <summary>
/// A script of benchmarks/pytorch that answers each JSON line on its input with one on its output, and sleeps in between: so it can take
/// turns with AutoSlim on one machine. What it writes to the error stream passes through.
/// </summary>
internal sealed class PythonBaseline : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process process;
    private readonly string script;

    private PythonBaseline(Process process, string script) => (this.process, this.script) = (process, script);

    /// <param name="python">The interpreter, one that has torch.</param>
    /// <param name="script">Name of the file.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="arguments">Of the script.</param>
    /// <exception cref="CommandFailedException">The interpreter cannot be started.</exception>
    public static PythonBaseline Start(string python, string script, IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(python, ["-u", BenchmarkFolders.PyTorch(script), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        try
        {
            return new(Process.Start(start)!, script);
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new CommandFailedException($"'{python}' cannot be started: {fault.Message}; expected a Python with torch, give it with --python", fault);
        }
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="CommandFailedException">The script ended, or answered no JSON of that kind.</exception>
    public async Task<T> AskAsync<T>(object request, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request, Json).AsMemory(), cancellation);
            await process.StandardInput.FlushAsync(cancellation);
        }
        catch (IOException fault)
        {
            throw new CommandFailedException($"{script} has ended, see its words above", fault);
        }

        var answer = await process.StandardOutput.ReadLineAsync(cancellation) ?? throw new CommandFailedException($"{script} has ended without an answer, see its words above");
        try
        {
            return JsonSerializer.Deserialize<T>(answer, Json) ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new CommandFailedException($"{script} answered '{answer}', expected {typeof(T).Name} as JSON: {fault.Message}", fault);
        }
    }

    /// <summary>The script ends with its input; one that does not is ended.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
