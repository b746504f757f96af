namespace AutoSlim.EndToEnd.Tests.Devices;

/// <summary>A shell script that plays an agent.</summary>
internal sealed class ShellProgram : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public ShellProgram(string script)
    {
        File.WriteAllText(Path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path => System.IO.Path.Combine(folder.FullName, "agent");

    public void Dispose() => folder.Delete(recursive: true);
}
