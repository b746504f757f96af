namespace AutoSlim.Host.Serving.Access;

/// <summary>What callers may do; the names of policies too.</summary>
internal static class Roles
{
    /// <summary>Answer probes and fetch their models, nothing else.</summary>
    public const string Agent = "agent";

    /// <summary>Everything that a person does.</summary>
    public const string Operator = "operator";

    /// <summary>Exchange a one-time token for a key.</summary>
    public const string Newcomer = "newcomer";
}
