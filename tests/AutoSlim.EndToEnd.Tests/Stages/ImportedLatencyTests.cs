using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;
using AutoSlim.Tests.Costs.Import;

namespace AutoSlim.EndToEnd.Tests.Stages;

/// <summary>A search under a table that somebody else measured: nobody connects, nothing is measured, and the user is told.</summary>
public sealed class ImportedLatencyTests(SlimmedRun slimmed) : IClassFixture<SlimmedRun>, IDisposable
{
    private static readonly NetworkDefinition Definition = NetworkCatalog.Create(new(SlimmedRun.Network, StrideLayout.Imagenet, 28, 1, 10));

    private readonly TemporaryFolder folder = new();

    private string Profiles => Path.Combine(folder.Path, "profiles");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_search_under_an_imported_table_meets_its_budget_and_connects_to_nobody()
    {
        await ImportAsync(Layers());
        var run = Unslimmed("imported");
        var slim = await SlimmedRun.Succeeds("slim", run, "--target", "half: latency@phone<=2ms", "--blocks", "3", "--unhealthy", "--profiles", Profiles, "--connect-timeout", "1");
        Assert.Contains("latency@phone 1.", slim.Output, StringComparison.Ordinal);
        Assert.Single(slim.Problems, notice => notice.Contains("were imported (imported:netadapt) and never checked on the device", StringComparison.Ordinal));
        Assert.DoesNotContain(slim.Problems, notice => notice.Contains("measured latency", StringComparison.Ordinal));
        var chosen = new RunFolder(run).Network("half").Channels(Definition);
        Assert.InRange(Definition.Resolve(chosen).Signatures.Sum(signature => signature.MultiplyAdds) * 1e-6, 1, 2.01);
    }

    [Fact]
    public async Task A_table_that_lacks_operators_of_the_network_is_refused_before_the_search()
    {
        await ImportAsync(Layers().Skip(1));
        var run = Unslimmed("holed");
        var slim = await CommandLine.RunAsync("slim", run, "--target", "half: latency@phone<=2ms", "--unhealthy", "--profiles", Profiles, "--connect-timeout", "1");
        Assert.Equal(1, slim.ExitCode);
        Assert.Contains("has no times around 'Convolution 1x28x28", Assert.Single(slim.Problems, line => line.StartsWith("autoslim:", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.False(File.Exists(new RunFolder(run).TracePath));
    }

    [Fact]
    public async Task What_the_device_measured_itself_goes_before_what_was_imported()
    {
        await ImportAsync(Layers());
        var run = new RunFolder(Path.Combine(folder.Path, "run"));
        Assert.NotNull(await ImportedCosts.FindAsync(run, Definition, Profiles, "phone", TextWriter.Null));
        var device = new DeviceDescription("Cortex-A72", "Linux 6.1", "arm64", "onnxruntime", "1.31.1", "0123456789abcdef", "CPU", 2, "all");
        CostTableFile.Write(CostTableFile.PathFor(Profiles, "phone", device), new(device));
        Assert.Null(await ImportedCosts.FindAsync(run, Definition, Profiles, "phone", TextWriter.Null));
        Assert.Null(await ImportedCosts.FindAsync(run, Definition, Profiles, "tablet", TextWriter.Null));
    }

    [Fact]
    public async Task A_choice_that_its_device_does_not_confirm_is_not_handed_on()
    {
        await ImportAsync(Layers());
        var run = new RunFolder(Unslimmed("unconfirmed"));
        var costs = (await ImportedCosts.FindAsync(run, Definition, Profiles, "phone", TextWriter.Null))!;
        var slim = new SlimStage(StageConsole.For(TextWriter.Null), TextWriter.Null, RunImages.Load(run.Settings(), TextWriter.Null));
        var device = new SettlingDevice(costs, (_, _) => throw new CommandFailedException("slower than before"));
        await Assert.ThrowsAsync<CommandFailedException>(() => new SettledSlimming(slim, TextWriter.Null, run.Settings(), run).RunAsync(
            [Target.Parse("half: latency@phone<=2ms")], [device], new() { BlocksPerStep = 3 }, () => new(), _ => { }, TestContext.Current.CancellationToken));
        Assert.True(File.Exists(run.TracePath));
        Assert.False(File.Exists(run.Network("half").ChannelsPath));
    }

    [Fact]
    public async Task A_device_measures_the_networks_of_those_targets_alone_that_limit_it()
    {
        await ImportAsync(Layers());
        var run = new RunFolder(Unslimmed("two"));
        var costs = (await ImportedCosts.FindAsync(run, Definition, Profiles, "phone", TextWriter.Null))!;
        var slim = new SlimStage(StageConsole.For(TextWriter.Null), TextWriter.Null, RunImages.Load(run.Settings(), TextWriter.Null));
        var asked = new List<string>();
        var device = new SettlingDevice(costs, (chosen, limited) =>
        {
            asked.AddRange(chosen.Keys);
            return Task.FromResult<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>>(limited.ToDictionary(cost => cost, _ => (IReadOnlyDictionary<string, double>)chosen.ToDictionary(pair => pair.Key, _ => 1.5)));
        });
        using var notices = new StringWriter();
        await new SettledSlimming(slim, notices, run.Settings(), run).RunAsync(
            [Target.Parse("half: latency@phone<=2ms"), Target.Parse("counted: macs<=1.9M")], [device], new() { BlocksPerStep = 3 }, () => new(), _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(["half"], asked);
        Assert.Contains("slim: measured latency@phone: half 1.5000 ms of 2.0000 ms", notices.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(run.Network("counted").ChannelsPath));
    }

    [Fact]
    public async Task A_search_that_has_begun_keeps_its_prices_whatever_is_imported_later()
    {
        await ImportAsync(Layers());
        var run = new RunFolder(Path.Combine(folder.Path, "run"));
        var first = await PriceAsync(run);
        Directory.Delete(Profiles, recursive: true);
        await ImportAsync(Layers().Select(layer => (layer.Item1, layer.Item2.Select(time => (time.Item1, time.Item2, 2 * time.Item3)))));
        var second = await PriceAsync(run);
        Assert.InRange(second / first, 1.99, 2.01);
        File.WriteAllText(run.TracePath, "");
        Directory.Delete(Profiles, recursive: true);
        await ImportAsync(Layers());
        Assert.Equal(second, await PriceAsync(run));
    }

    private async Task<double> PriceAsync(RunFolder run) =>
        (await ImportedCosts.FindAsync(run, Definition, Profiles, "phone", TextWriter.Null))!.Latency!.Price(Definition.Resolve(Definition.Widest));

    /// <summary>A nanosecond for each multiply-add.</summary>
    private static IEnumerable<(LayerSignature, IEnumerable<(int, int, double)>)> Layers() => ProfilingPlan.For(Definition, DeviceAlignment.None)
        .Where(signature => signature.MultiplyAdds > 0)
        .GroupBy(signature => signature.WithChannels(0, 0))
        .Select(group => (group.First(), group.Select(signature => (signature.Input.Channels, signature.OutputChannels, signature.MultiplyAdds * 1e-9))));

    private async Task ImportAsync(IEnumerable<(LayerSignature, IEnumerable<(int, int, double)>)> layers)
    {
        var file = Path.Combine(folder.Path, "lut.pkl");
        await File.WriteAllBytesAsync(file, NetAdaptPickle.Of(layers), TestContext.Current.CancellationToken);
        await SlimmedRun.Succeeds("profiles", "import", file, "--format", "netadapt", "--batch", "1", "--device", "phone", "--profiles", Profiles);
    }

    /// <summary>With its supernet alone.</summary>
    private string Unslimmed(string name)
    {
        var run = new RunFolder(slimmed.Copy(name));
        File.Delete(run.TracePath);
        File.Delete(run.SettlingPath);
        return run.Path;
    }
}
