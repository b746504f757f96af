using System.Diagnostics;
using System.Globalization;

namespace AutoSlim.Host.Jobs;

/// <summary>A verb that a host started ends with that host, however that ended: the host starts it again when it is back, and two must not write into one run.</summary>
internal static class ParentProcess
{
    public const string Variable = "AUTOSLIM_PARENT_PROCESS";

    private const int Abandoned = 137;

    /// <summary>Does nothing in a process that a person started.</summary>
    public static void EndWithIt()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return;
        new Thread(() => Wait(id)) { IsBackground = true, Name = "parent watch" }.Start();
    }

    private static void Wait(int id)
    {
        try
        {
            using var parent = Process.GetProcessById(id);
            parent.WaitForExit();
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }

        Environment.Exit(Abandoned);
    }
}
