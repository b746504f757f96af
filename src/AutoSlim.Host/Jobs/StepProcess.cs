using System.Diagnostics;
using AutoSlim.Host.Remote;
using AutoSlim.Host.Serving;
using AutoSlim.Host.Telemetry;

namespace AutoSlim.Host.Jobs;

/// <summary>
/// A verb in a process of its own: what becomes of it, the host survives, and its memory goes back when it ends. It ends with the host, too.
/// </summary>
internal sealed class StepProcess(ServeOptions options, RunningHost host)
{
    /// <param name="step">What to run.</param>
    /// <param name="campaign">Names the step: asked again after a restart, a device's answers are there.</param>
    /// <param name="log">Takes what it prints.</param>
    /// <param name="cancellation">Kills it.</param>
    /// <returns>Null, or why it failed: its last line.</returns>
    public async Task<string?> RunAsync(JobStep step, string campaign, JobLog log, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = StartInfo(step, campaign, await host.Address.WaitAsync(cancellation)) };
        var lastError = "it said nothing";
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? null : $"'{step.Arguments[0]}' ended with exit code {process.ExitCode}: {lastError}";
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        void Take(string? line)
        {
            if (string.IsNullOrWhiteSpace(line)) return;
            lastError = line.Trim();
            log.Write(line);
        }
    }

    private ProcessStartInfo StartInfo(JobStep step, string campaign, Uri address)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            WorkingDirectory = Path.GetFullPath(options.Work),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(StepProcess).Assembly.Location);
        foreach (var argument in Arguments(step)) start.ArgumentList.Add(argument);
        start.Environment[HostAddress.ServerVariable] = address.ToString();
        start.Environment[HostAddress.TokenVariable] = host.Token;
        start.Environment[HostAddress.CampaignVariable] = campaign;
        start.Environment[ParentProcess.Variable] = $"{Environment.ProcessId}";
        if (options.Otlp is not null) start.Environment[HostTelemetry.EndpointVariable] = options.Otlp;
        start.Environment[HostTelemetry.ParentVariable] = Activity.Current?.Id;
        return start;
    }

    /// <summary>A training that has begun is gone on with; the other verbs do so by themselves.</summary>
    private IEnumerable<string> Arguments(JobStep step)
    {
        if (step.Arguments[0] != "train" || step.Arguments.Contains("--resume")) return step.Arguments;
        return step.Value("--out") is string output && File.Exists(Path.Combine(options.Work, output, "run.json")) ? [.. step.Arguments, "--resume"] : step.Arguments;
    }
}
