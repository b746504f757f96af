using AutoSlim.Host.Commands;

namespace AutoSlim.Host.Remote;

/// <summary>A host that cannot be reached, or cannot read or write its state: it may be back soon.</summary>
internal sealed class HostAwayException(string message, Exception cause) : CommandFailedException(message, cause);
