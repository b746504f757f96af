namespace AutoSlim.Agent.Models;

/// <summary>The host cannot be reached, or no longer offers some content: nothing that the model is to blame for.</summary>
internal sealed class ContentLostException(string message) : Exception(message);
