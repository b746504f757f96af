namespace AutoSlim.Host.Serving;

/// <summary>What verbs that this host starts reach it by.</summary>
internal sealed class RunningHost
{
    /// <summary>Known once it listens.</summary>
    public Uri Address { get; set; } = new(ServeOptions.DefaultAddress);

    public string OperatorToken { get; set; } = "";
}
