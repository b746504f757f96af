namespace AutoSlim.Host.Commands;

/// <summary>What the process tells its caller.</summary>
public static class ExitCode
{
    public const int Success = 0;

    public const int Failed = 1;

    public const int WrongUse = 2;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
