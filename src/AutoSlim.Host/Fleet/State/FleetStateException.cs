namespace AutoSlim.Host.Fleet.State;

/// <summary>The host's state cannot be read or written; the message is one line for the user.</summary>
internal sealed class FleetStateException(string message, Exception? cause = null) : Exception(message, cause);
