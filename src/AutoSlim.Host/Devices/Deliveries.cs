using System.Collections.Concurrent;

namespace AutoSlim.Host.Devices;

/// <summary>Who waits for the answer to which probe, in this process.</summary>
internal sealed class Deliveries
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<byte[]>> expected = new(StringComparer.Ordinal);

    /// <summary>Completes with the answer, once it is in the ledger.</summary>
    public Task<byte[]> Expect(string probeId) => expected.GetOrAdd(probeId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Arrived(string probeId, byte[] result)
    {
        if (expected.TryGetValue(probeId, out var waiting)) waiting.TrySetResult(result);
    }

    public void Forget(string probeId) => expected.TryRemove(probeId, out _);
}
