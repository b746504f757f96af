namespace AutoSlim.Host.Serving.Access;

/// <summary>Who shows a token.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Device">The agent's; null for a person.</param>
internal sealed record Caller(string Role, string? Device);
