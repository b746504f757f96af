using System.Collections.Concurrent;

namespace AutoSlim.Benchmarks.Fleet.Chaos;

/// <summary>The same probes for every device, each asked until it is answered.</summary>
internal sealed class ProbeLists(string campaign, IReadOnlyList<string> devices, int probesOfDevice)
{
    private const double LongestPauseMilliseconds = 300;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, byte[]> answers = new(StringComparer.Ordinal);

    /// <summary>By probe.</summary>
    public IReadOnlyDictionary<string, byte[]> Answers => answers;

    /// <param name="api">Of the host.</param>
    /// <param name="progress">0 to 1: how many of the probes may have been asked, so that the list lasts as long as the trouble.</param>
    /// <param name="seed">Of the pauses.</param>
    /// <param name="stop">Leaves the rest without an answer.</param>
    public Task AskAsync(OperatorApi api, Func<double> progress, int seed, CancellationToken stop) =>
        Task.WhenAll(devices.Select((device, index) => AskAsync(api, device, progress, new(seed + index), stop)));

    private async Task AskAsync(OperatorApi api, string device, Func<double> progress, Random random, CancellationToken stop)
    {
        try
        {
            for (var number = 0; number < probesOfDevice; number++)
            {
                while (number > progress() * probesOfDevice) await Task.Delay(Look, stop);
                var probe = AskedProbe.Of(campaign, device, number);
                byte[]? answer;
                while ((answer = await api.TryAskAsync(device, probe, stop)) is null) await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * LongestPauseMilliseconds), stop);
                answers[probe.Id] = answer;
            }
        }
        catch (OperationCanceledException)
        {
            // The rest counts as lost.
        }
    }
}
