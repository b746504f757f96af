using System.Diagnostics;

namespace AutoSlim.Benchmarks.Tables;

/// <summary>Another process that keeps a processor busy for as long as this object lives.</summary>
internal sealed class Hog : IDisposable
{
    private readonly Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "while :; do :; done"]))!;

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
