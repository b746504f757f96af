using AutoSlim.Host.Commands;

namespace AutoSlim.Host.Stages;

/// <summary>Something else kept a device so busy that it could not be timed.</summary>
public sealed class DeviceBusyException(string message) : CommandFailedException(message);
