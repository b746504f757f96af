namespace AutoSlim.Host.Devices;

/// <summary>A device, or the server that devices connect to, cannot do its work; the message is one line for the user.</summary>
public sealed class DeviceException(string message, Exception? cause = null) : Exception(message, cause);
