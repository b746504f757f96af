namespace AutoSlim.Training.Native;

/// <summary>A device or a torch library that was asked for is not here; the message says what was found and what to do.</summary>
public sealed class ComputeDeviceException(string message, Exception? cause = null) : Exception(message, cause);
