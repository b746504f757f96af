namespace AutoSlim.Host.Commands;

/// <summary>A rightly used command that the outside world let down, told in one line: what failed, and what to do. Exit code 1.</summary>
public class CommandFailedException(string message, Exception? cause = null) : Exception(message, cause);
