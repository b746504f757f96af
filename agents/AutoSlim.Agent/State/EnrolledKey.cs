using System.Text;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.State;

/// <summary>A key of this device's own, and the one-time token that it was made for: a second token is a second enrolment.</summary>
/// <param name="Key">What the agent shows the host.</param>
/// <param name="OneTimeSha256">Of the one-time token's secret, 64 lower-case hex digits.</param>
internal sealed record EnrolledKey(AgentToken Key, string OneTimeSha256)
{
    public static EnrolledKey For(AgentToken oneTime) => new(AgentToken.Create(AgentToken.Key, oneTime.CertificateSha256), HashOf(oneTime));

    public bool IsFor(AgentToken oneTime) => OneTimeSha256 == HashOf(oneTime);

    /// <summary>Null for text that <see cref="Text"/> did not write.</summary>
    public static EnrolledKey? Parse(string text) =>
        text.Trim().Split('\n') is [var key, var hash] && AgentToken.Parse(key) is { Purpose: AgentToken.Key } parsed && ContentHash.IsWellFormed(hash) ? new(parsed, hash) : null;

    /// <summary>As it is kept: a secret.</summary>
    public string Text => $"{Key.Reveal()}\n{OneTimeSha256}\n";

    /// <summary>Like a record's own text, without the secret.</summary>
    public override string ToString() => $"{Key}";

    private static string HashOf(AgentToken oneTime) => ContentHash.Of(Encoding.ASCII.GetBytes(oneTime.Secret));
}
