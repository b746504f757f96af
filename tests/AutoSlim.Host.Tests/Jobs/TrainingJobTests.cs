using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Jobs;

/// <summary>Jobs of a real host that train.</summary>
public sealed class TrainingJobTests : IDisposable
{
    private readonly JobWorkplace place = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_training_that_was_cancelled_resumed_and_whose_host_was_killed_ends_bit_by_bit_as_an_unbroken_one()
    {
        var data = place.PathOf("data");
        SmallImages.Write(data);
        var weights = place.PathOf("broken", "supernet.safetensors");
        await using var host = await place.StartAsync();
        var job = await place.SubmitAsync("train", string.Join(' ', Train("data", "broken")));
        await RunningFleet.WhenAsync(() => File.Exists(weights));
        await place.SucceedsAsync("jobs", "cancel", job);
        Assert.Equal("cancelled", (await JobWorkplace.JobAsync(host, job)).State);
        var first = File.GetLastWriteTimeUtc(weights);
        await place.SucceedsAsync("jobs", "resume", job);
        await RunningFleet.WhenAsync(() => File.GetLastWriteTimeUtc(weights) > first);
        await host.KillAsync();
        await using var again = await place.StartAsync();
        await place.EndAsync(again, job);
        Assert.Equal(3, place.LogOf(job).Split('\n').Count(line => line.StartsWith("$ autoslim train", StringComparison.Ordinal)));
        await HostProgram.RunToEndAsync(Train(data, place.PathOf("unbroken")));
        Assert.Equal(await File.ReadAllBytesAsync(place.PathOf("unbroken", "supernet.safetensors"), Cancellation), await File.ReadAllBytesAsync(weights, Cancellation));
    }

    private static string[] Train(string data, string run) => ["train", SlimmedRun.Network, "--data", data, $"--out={run}", "--epochs", "3", "--search-images", "50", "--threads", "1"];
}
