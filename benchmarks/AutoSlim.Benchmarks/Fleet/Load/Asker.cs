namespace AutoSlim.Benchmarks.Fleet.Load;

/// <summary>Work that asks one device one probe after another until it is told to stop.</summary>
internal static class Asker
{
    private const double LongestPauseMilliseconds = 500;

    public static async Task RunAsync(OperatorApi api, string campaign, string device, Random random, CancellationToken stop)
    {
        try
        {
            for (var number = random.Next(1 << 20); ; number++)
            {
                var probe = AskedProbe.Of(campaign, device, number);
                while (await api.TryAskAsync(device, probe, stop) is null) await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * LongestPauseMilliseconds), stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }
}
