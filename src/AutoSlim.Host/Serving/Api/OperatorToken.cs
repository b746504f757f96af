namespace AutoSlim.Host.Serving.Api;

/// <summary>What a person shows.</summary>
internal sealed record OperatorToken(string Token);
