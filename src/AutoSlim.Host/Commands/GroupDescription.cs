namespace AutoSlim.Host.Commands;

/// <summary>One channel group in the result of <c>describe</c>.</summary>
internal sealed record GroupDescription(string Name, int Channels, int Maximum, int Minimum, int Step);
