using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Devices;

/// <summary>One life of an agent process, from start to exit; it never outlives this object, nor do its files.</summary>
internal sealed class AgentRun : IDisposable
{
    private readonly ScratchFolder temporary = new("autoslim-run-");
    private readonly Process process;
    private volatile string lastErrorLine = "it said nothing";

    /// <exception cref="DeviceException">The program cannot be started.</exception>
    public AgentRun(LocalAgentOptions options, Uri server, string token)
    {
        process = new() { StartInfo = StartInfo(options, server, token) };
        process.ErrorDataReceived += (_, line) => lastErrorLine = string.IsNullOrWhiteSpace(line.Data) ? lastErrorLine : line.Data.Trim();
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            process.Dispose();
            temporary.Dispose();
            throw new DeviceException($"the agent '{options.Executable}' cannot be started: {error.Message}", error);
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int ProcessId => process.Id;

    public string LastErrorLine => lastErrorLine;

    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode;
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        temporary.Dispose();
    }

    private ProcessStartInfo StartInfo(LocalAgentOptions options, Uri server, string token)
    {
        var start = new ProcessStartInfo(options.Executable)
        {
            ArgumentList =
            {
                "--server", server.ToString(), "--name", options.Name, "--threads", $"{options.Threads}", "--parent-process", $"{Environment.ProcessId}", "--state", Path.Combine(temporary.Path, "state"),
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (options.Cores is string cores) Add(start, "--cores", cores);
        if (options.WorkerProgram is string program) Add(start, "--worker-program", program);
        start.Environment[ProfilerProtocol.TokenVariable] = token;
        start.Environment[OperatingSystem.IsWindows() ? "TMP" : "TMPDIR"] = temporary.Path;
        if (DotnetRoot() is string root) start.Environment.TryAdd("DOTNET_ROOT", root);
        return start;
    }

    private static void Add(ProcessStartInfo start, string option, string value)
    {
        start.ArgumentList.Add(option);
        start.ArgumentList.Add(value);
    }

    /// <summary>The .NET that runs this host runs the agent too, wherever it is installed.</summary>
    private static string? DotnetRoot()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return File.Exists(Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")) ? root : null;
    }
}
