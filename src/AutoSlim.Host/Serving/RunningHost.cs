namespace AutoSlim.Host.Serving;

/// <summary>What verbs that this host starts reach it by.</summary>
internal sealed class RunningHost
{
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once it listens: jobs from before its start would else ask where nobody is.</summary>
    public Task<Uri> Address => address.Task;

    /// <summary>An operator's, for the processes of jobs.</summary>
    public string Token { get; set; } = "";

    public void Listens(Uri at) => address.TrySetResult(at);
}
