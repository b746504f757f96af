using System.Text.Json;
using AutoSlim.Costs;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Commands;

public sealed class ProfilesTests : IDisposable
{
    private const string Narrow = "Convolution 16x8x8 to 32 k1 s1 p0 Relu6";
    private const string Wide = "Convolution 16x8x8 to 64 k1 s1 p0 Relu6";

    private const string Network = "network a cifar 3x8x8 8,10";

    private static readonly DeviceDescription Device = new("Cortex-A72", "Linux 6.1", "arm64", "onnxruntime", "1.31.1", "0123456789abcdef", "CPU", 2, "all");

    private readonly TemporaryFolder folder = new();

    private string Profiles => folder.Path;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Show_tells_the_device_its_operators_and_what_to_doubt()
    {
        Write("phone", ("context 16x8x8", 10), (Narrow, 14), (Wide, 9));
        var output = await Succeeds("show", "phone");
        Assert.Contains("Cortex-A72, Linux 6.1, CPU, 2 threads, onnxruntime 1.31.1", output, StringComparison.Ordinal);
        Assert.Contains("2 operators, 1 contexts, 0 networks", output, StringComparison.Ordinal);
        Assert.Matches("Convolution \\*x8x8 to \\* k1 s1 p0 Relu6 +2 +0 - 4.00 +2", output);
    }

    [Fact]
    public async Task Show_tells_the_alignment_or_that_it_is_unknown()
    {
        Write("old", ("context 16x8x8", 10), (Narrow, 14));
        Assert.Contains("its alignment was not measured", await Succeeds("show", "old"), StringComparison.Ordinal);
        Write("new", [("context 64x15x15", 5), .. DeviceAlignment.Probes.Select(probe => (probe.ToString(), 5.0 + (probe.OutputChannels + 8) / 16))]);
        Assert.Contains("it works on 16 channels at once", await Succeeds("show", "new"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_draws_the_operators_that_were_asked_for_by_width()
    {
        Write("phone", ("context 16x8x8", 10), (Narrow, 14), (Wide, 26));
        var output = await Succeeds("show", "phone", "--operator", "x8x8");
        Assert.Matches("us +to 32 +to 64", output);
        Assert.Matches("16 +4.00 .. +16.0 ██", output);
        var unknown = await RunAsync("show", "phone", "--operator", "Pool");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("Convolution *x8x8", Assert.Single(unknown.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_as_json_has_the_documented_keys()
    {
        Write("phone", ("context 16x8x8", 10), (Narrow, 14));
        var shown = JsonDocument.Parse(await Succeeds("show", "phone", "--json")).RootElement;
        Assert.Equal(["device", "alignment", "contexts", "networks", "operators"], shown.EnumerateObject().Select(property => property.Name));
        var cell = shown.GetProperty("operators")[0].GetProperty("cells")[0];
        Assert.Equal(["input", "output", "price", "median", "lower", "upper", "samples", "dropped", "flaws"], cell.EnumerateObject().Select(property => property.Name));
        Assert.Equal(4, cell.GetProperty("price").GetDouble());
    }

    [Fact]
    public async Task Diff_names_what_got_slower_and_quicker()
    {
        Write("old", ("context 16x8x8", 10), (Narrow, 14), (Wide, 20));
        Write("new", ("context 16x8x8", 10), (Narrow, 21), (Wide, 15));
        var output = await Succeeds("diff", "old", "new");
        Assert.Contains("3 entries in both, 0 only before, 0 only after", output, StringComparison.Ordinal);
        Assert.Contains("the median entry takes 1.000 times as long; 2 differ beyond their intervals", output, StringComparison.Ordinal);
        Assert.Matches($"slower[^q]*{Narrow} +14.0 +21.0 +1.50", output);
        Assert.Matches($"quicker[^w]*{Wide} +20.0 +15.0 +0.75", output);
    }

    /// <summary>Five samples bound nothing: their interval has no upper end, which JSON cannot say.</summary>
    [Fact]
    public async Task Diff_as_json_has_the_documented_keys_whatever_the_intervals()
    {
        var table = new CostTable(Device);
        table.Record("context 16x8x8", new(10, 0, double.PositiveInfinity, 5, 0, ProbeStatus.Ok));
        CostTableFile.Write(CostTableFile.PathFor(Profiles, "old", Device), table);
        Write("new", ("context 16x8x8", 15));
        var diff = JsonDocument.Parse(await Succeeds("diff", "old", "new", "--json")).RootElement;
        Assert.Equal(["deviceChanges", "medianRatio", "both", "onlyBefore", "onlyAfter"], diff.EnumerateObject().Select(property => property.Name));
        var entry = diff.GetProperty("both")[0];
        Assert.Equal(["name", "before", "after", "ratio", "isCertain"], entry.EnumerateObject().Select(property => property.Name));
        Assert.Equal((1.5, false), (entry.GetProperty("ratio").GetDouble(), entry.GetProperty("isCertain").GetBoolean()));
    }

    [Fact]
    public async Task Diff_lists_what_has_no_known_spread_too_and_says_so()
    {
        foreach (var (name, microseconds) in new[] { ("old", 10), ("new", 15) })
        {
            var table = new CostTable(Device);
            table.Record("context 16x8x8", new(microseconds, 0, double.PositiveInfinity, 5, 0, ProbeStatus.Ok));
            CostTableFile.Write(CostTableFile.PathFor(Profiles, name, Device), table);
        }

        var output = string.Join(' ', (await Succeeds("diff", "old", "new")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("0 differ beyond their intervals; of 1 the spread is not known", output, StringComparison.Ordinal);
        Assert.Matches("slower.*context 16x8x8 +10.0 +15.0 +1.50", output);
    }

    [Fact]
    public async Task Export_writes_a_row_for_each_entry()
    {
        Write("phone", ("context 16x8x8", 10), (Narrow, 14));
        var lines = (await Succeeds("export", "phone")).TrimEnd().Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        Assert.Equal("entry,operator,inputChannels,height,width,outputChannels,kernel,stride,multiplyAdds,medianMicroseconds,lowerMicroseconds,upperMicroseconds,samples,dropped,status,rounds", lines[0]);
        Assert.Equal($"{Narrow},Convolution,16,8,8,32,1,1,32768,14,14,14,9,0,Ok,1", lines[1]);
        Assert.Equal("context 16x8x8,,,,,,,,,10,10,10,9,0,Ok,1", lines[2]);
        var file = Path.Combine(folder.Path, "table.csv");
        Assert.Equal("", await Succeeds("export", "phone", "--out", file));
        Assert.Equal(3, (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Memories_are_shown_compared_and_exported()
    {
        WriteMemory("old", 2_000_000);
        WriteMemory("new", 3_000_000);
        Assert.Matches($"memory +peak MB +loaded MB[^n]*{Network} +2.00 +70.0", await Succeeds("show", "old"));
        Assert.Matches($"memory +before MB +after MB +ratio[^n]*{Network} +2.00 +3.00 +1.50", await Succeeds("diff", "old", "new"));
        var lines = (await Succeeds("export", "old")).Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        Assert.EndsWith("status,rounds,peakBytes,loadedBytes", lines[0], StringComparison.Ordinal);
        Assert.Equal($"\"{Network}\",,,,,,,,,,,,,,,,2000000,70000000", lines[1]);
        var shown = JsonDocument.Parse(await Succeeds("show", "old", "--json")).RootElement;
        Assert.Equal(2_000_000, shown.GetProperty("memory").GetProperty(Network).GetProperty("peakBytes").GetInt64());
        var diff = JsonDocument.Parse(await Succeeds("diff", "old", "new", "--json")).RootElement;
        Assert.Equal(1.5, diff.GetProperty("memory")[0].GetProperty("ratio").GetDouble());
    }

    [Fact]
    public async Task A_name_that_is_no_table_is_told_with_the_devices_that_have_one()
    {
        Write("phone", ("context 16x8x8", 10));
        var run = await RunAsync("show", "tablet");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("which has phone", Assert.Single(run.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_table_is_told()
    {
        var run = await RunAsync("show", folder.Write("broken.json", "{\"format\": 1, "));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cannot be used", Assert.Single(run.Problems), StringComparison.Ordinal);
    }

    private async Task<string> Succeeds(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        return run.Output;
    }

    private Task<CommandLine> RunAsync(params string[] arguments) => CommandLine.RunAsync(["profiles", .. arguments, "--profiles", Profiles]);

    private void WriteMemory(string device, long peakBytes)
    {
        var table = new CostTable(Device);
        table.RecordMemory(Network, new(peakBytes, 70_000_000, 15));
        CostTableFile.Write(CostTableFile.PathFor(Profiles, device, Device), table);
    }

    private void Write(string device, params (string Name, double Microseconds)[] entries)
    {
        var table = new CostTable(Device);
        foreach (var (name, microseconds) in entries) table.Record(name, new(microseconds, microseconds, microseconds, 9, 0, ProbeStatus.Ok));
        CostTableFile.Write(CostTableFile.PathFor(Profiles, device, Device), table);
    }
}
