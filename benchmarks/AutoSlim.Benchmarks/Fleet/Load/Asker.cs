namespace AutoSlim.Benchmarks.Fleet.Load;

/// <summary>Work that asks one device one probe after another until it is told to stop; like a verb it waits longer and longer for a host that is away.</summary>
internal static class Asker
{
    private const double FirstPauseMilliseconds = 200;
    private const double LongestPauseMilliseconds = 3000;

    public static async Task RunAsync(OperatorApi api, string campaign, string device, Random random, CancellationToken stop)
    {
        try
        {
            for (var number = random.Next(1 << 20); ; number++)
            {
                var probe = AskedProbe.Of(campaign, device, number);
                for (var pause = FirstPauseMilliseconds; await api.TryAskAsync(device, probe, stop) is null; pause = Math.Min(2 * pause, LongestPauseMilliseconds))
                    await Task.Delay(TimeSpan.FromMilliseconds(pause * (0.5 + random.NextDouble())), stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }
}
