namespace AutoSlim.Host.Serving.Api;

/// <summary>What an agent is started with, once.</summary>
internal sealed record EnrolmentToken(string Token);
