namespace AutoSlim.Host.Devices;

/// <summary>An agent process ended though nobody asked it to.</summary>
internal sealed class AgentEndedException(int exitCode, string message) : Exception(message)
{
    public int ExitCode => exitCode;
}
