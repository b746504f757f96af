using System.Text.Json;
using AutoSlim.Costs;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Commands;

public sealed class ProfilesImportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Profiles => Path.Combine(folder.Path, "profiles");

    private string Imported => Path.Combine(Profiles, "phone", "unknown.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_import_is_shown_as_what_it_is()
    {
        var import = await ImportAsync("once-for-all.yaml", "once-for-all");
        Assert.Equal(0, import.ExitCode);
        Assert.StartsWith($"{Imported}: 12 operators from 7 times", import.Output, StringComparison.Ordinal);
        Assert.Equal(["profiles import: times of the file that are left out: 1", "  'AvgPool2D-input:4x4x960-output:1x1x960' has no multiply-adds: pooling is charged nothing"], import.Problems);
        var shown = (await RunAsync("show", "phone", "--operator", "Linear")).Output;
        Assert.Contains("imported:once-for-all, from a file with SHA-256", shown, StringComparison.Ordinal);
        Assert.Contains("never checked", shown, StringComparison.Ordinal);
        Assert.Contains("*600", shown, StringComparison.Ordinal);
        Assert.Contains("* has a spread that is not known", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_cells_have_no_upper_end_and_the_flaw_for_it()
    {
        await ImportAsync("proxylessnas.yaml", "proxylessnas");
        var cell = JsonDocument.Parse((await RunAsync("show", "phone", "--json", "--operator", "Linear")).Output).RootElement.GetProperty("operators")[0].GetProperty("cells")[0];
        Assert.Equal(JsonValueKind.Null, cell.GetProperty("upper").ValueKind);
        Assert.Equal((0, 50, "noSpread"), (cell.GetProperty("lower").GetDouble(), cell.GetProperty("samples").GetInt32(), cell.GetProperty("flaws")[0].GetString()));
    }

    [Fact]
    public async Task The_same_file_twice_is_one_table_and_another_file_moves_it_aside()
    {
        await ImportAsync("proxylessnas.yaml", "proxylessnas");
        var first = await File.ReadAllTextAsync(Imported, TestContext.Current.CancellationToken);
        Assert.Empty((await ImportAsync("proxylessnas.yaml", "proxylessnas")).Problems);
        Assert.Equal(first, await File.ReadAllTextAsync(Imported, TestContext.Current.CancellationToken));
        var second = await ImportAsync("netadapt.protocol5.pkl", "netadapt", "--batch", "4");
        Assert.Contains("its 9 entries are kept in", second.Problems[0], StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Profiles, "phone"), "*.json").Length);
    }

    [Fact]
    public async Task A_device_that_measured_itself_is_not_overruled()
    {
        var device = new DeviceDescription("Cortex-A72", "Linux 6.1", "arm64", "onnxruntime", "1.31.1", "0123456789abcdef", "CPU", 2, "all");
        CostTableFile.Write(CostTableFile.PathFor(Profiles, "phone", device), new(device));
        var refused = await ImportAsync("proxylessnas.yaml", "proxylessnas");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("give what is imported another --device", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.False(File.Exists(Imported));
    }

    [Theory]
    [InlineData("netadapt", "phone", "--batch N")]
    [InlineData("tvm", "phone", "'tvm' not recognized")]
    [InlineData("netadapt", "../phone", "letters, digits")]
    [InlineData("netadapt", "phone", "--batch is 0, expected 1 to 4096", "--batch", "0")]
    [InlineData("netadapt", "phone", "'h' not recognized", "--batch", "1", "--unit", "h")]
    public async Task Wrong_use_is_told_and_nothing_is_written(string format, string device, string problem, params string[] more)
    {
        var run = await RunAsync(["import", Example("netadapt.protocol5.pkl"), "--format", format, "--device", device, .. more]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(run.Problems, told => told.Contains(problem, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Profiles));
    }

    [Theory]
    [InlineData("Conv-input:32x32x3-output:16x16x32: {mean: -1}\nb: {mean: 1}\n", 2)]
    [InlineData("Conv-input:32x32x3-output:16x16x32: {mean: 1", 1)]
    [InlineData("AvgPool2D-input:4x4x960-output:1x1x960: {mean: 1}", 1)]
    public async Task A_file_that_cannot_be_used_is_told_with_every_problem_and_nothing_is_written(string text, int problems)
    {
        var run = await RunAsync("import", folder.Write("table.yaml", text), "--format", "once-for-all", "--device", "phone");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(problems, run.Problems.Count);
        Assert.All(run.Problems, problem => Assert.Contains("table.yaml'", problem, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Profiles));
    }

    [Fact]
    public async Task A_file_that_is_missing_is_told() => Assert.Equal(1, (await RunAsync("import", Path.Combine(folder.Path, "none"), "--format", "once-for-all", "--device", "phone")).ExitCode);

    [Fact]
    public async Task A_plan_takes_an_imported_table_for_none()
    {
        await ImportAsync("proxylessnas.yaml", "proxylessnas");
        var plan = await CommandLine.RunAsync("profile", "mobilenet_v2", "--plan", "--device", "phone", "--profiles", Profiles);
        Assert.Contains("mobilenet_v2 on 'phone', which has no table yet", plan.Output, StringComparison.Ordinal);
    }

    private static string Example(string name) => Path.Combine(AppContext.BaseDirectory, "Commands", name);

    private Task<CommandLine> ImportAsync(string file, string format, params string[] more) => RunAsync(["import", Example(file), "--format", format, "--device", "phone", .. more]);

    private Task<CommandLine> RunAsync(params string[] arguments) => CommandLine.RunAsync(["profiles", .. arguments, "--profiles", Profiles]);
}
