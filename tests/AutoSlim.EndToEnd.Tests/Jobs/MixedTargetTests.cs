using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Tests.Jobs;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Tests.Common;

namespace AutoSlim.EndToEnd.Tests.Jobs;

/// <summary>One pass for many devices: a job whose target limits two tables, one of them shared by equal devices.</summary>
public sealed class MixedTargetTests : IDisposable
{
    private readonly JobWorkplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_target_may_mix_devices_and_one_that_is_away_stalls_only_what_needs_it()
    {
        SmallImages.Write(place.PathOf("data"));
        var definition = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Imagenet, 28, InputChannels: 1, Classes: 10));
        foreach (var name in new[] { "twin", "solo" }) InventedTable.WriteLacking(5, CostTableFile.PathFor(place.PathOf("profiles"), name, InventedAgent.Description), definition, InventedAgent.Description);
        await using var collector = await Collector.StartAsync();
        await using var host = await place.StartAsync(collector.Settings);
        await using var first = await place.AgentAsync("twin-a", await place.EnrolAsync("twin-a", "--pool", "twin"));
        await using var second = await place.AgentAsync("twin-b", await place.EnrolAsync("twin-b", "--pool", "twin"));
        var token = await place.EnrolAsync("solo");
        var job = await place.SubmitAsync(
            "mixed",
            "train mobilenet_v1 --data data --out run --epochs 1 --search-images 50 --threads 1",
            "'slim run --target \"both: latency@twin<=60ms, latency@solo<=60ms, memory@solo<=4MB, macs<=2M\" --blocks 6 --unhealthy'");
        await place.WhenAsync(host, job, _ => place.LogOf(job).Contains("waiting for device 'solo'", StringComparison.Ordinal) && place.LogOf(job).Contains("calibrate twin: done", StringComparison.Ordinal));
        var twins = first.Stored.Count + second.Stored.Count;
        await using var solo = await place.AgentAsync("solo", token);
        await place.EndAsync(host, job);

        Assert.True(twins >= 25, $"{twins} probes of the twins before the third device came");
        Assert.True(first.Stored.Count + second.Stored.Count > twins, "what was chosen was never measured");
        Assert.True(solo.Stored.Count > 25 + (8 * 3), $"{solo.Stored.Count} probes of the third device");
        var run = new RunFolder(place.PathOf("run"));
        var cost = new SlimmingTrace(run.TracePath).Read()[^1].Cost;
        Assert.True(cost["latency@twin"] <= 60 && cost["latency@solo"] <= 60 && cost["memory@solo"] <= 4e6 && cost["macs"] <= 2e6, string.Join(' ', cost));
        Assert.Contains("slim: measured memory@solo: both ", place.LogOf(job), StringComparison.Ordinal);
        Assert.Contains("slim: measured latency@twin: both ", place.LogOf(job), StringComparison.Ordinal);
        await RunningFleet.WhenAsync(() => collector.HasMetric("autoslim.slimming.candidates") && collector.HasMetric("autoslim.slimming.step.duration") && collector.HasMetric("autoslim.devices.waiting"));
        await RunningFleet.WhenAsync(() => collector.TracesWith("job step slim").Count > 0);
        var trace = Assert.Single(collector.TracesWith("job step slim"));
        Assert.All(["autoslim slim", "slimming step", "probe"], span => Assert.Equal(trace, Assert.Single(collector.TracesWith(span))));
    }
}
