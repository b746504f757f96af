using System.Text.Json;
using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Tests.Common;

namespace AutoSlim.EndToEnd.Tests.Demo;

public sealed class DemoTests(RunningAgent running) : IClassFixture<RunningAgent>
{
    [Fact]
    public async Task A_demo_ends_with_verified_onnx_files_and_the_same_command_again_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        var profiles = Path.Combine(folder.Path, "profiles");
        var run = await CommandLine.RunAsync(SmallDemo.Arguments(folder.Path, profiles));
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Problems));
        var summary = SmallDemo.Summary(folder.Path);
        Assert.Equal("local", summary.GetProperty("device").GetString());
        Assert.StartsWith("Fashion-MNIST (a part): ", summary.GetProperty("dataset").GetString(), StringComparison.Ordinal);
        var targets = summary.GetProperty("targets").EnumerateArray().ToList();
        Assert.Equal(["large", "medium", "small"], targets.Select(target => target.GetProperty("name").GetString()));
        Assert.All(targets, target =>
        {
            Assert.True(File.Exists(Path.Combine(folder.Path, "run", target.GetProperty("onnx").GetString()!)));
            Assert.InRange(target.GetProperty("predictedMilliseconds").GetDouble(), 1e-3, 1000);
            Assert.InRange(target.GetProperty("measuredMilliseconds").GetDouble(), 1e-3, 1000);
            Assert.InRange(target.GetProperty("maximumLogitDifference").GetDouble(), 0, 1e-4);
            Assert.Equal(target.GetProperty("accuracy").GetDouble(), target.GetProperty("onnxAccuracy").GetDouble(), 0.002);
        });
        var report = await File.ReadAllTextAsync(Path.Combine(folder.Path, "run", "report.html"), TestContext.Current.CancellationToken);
        Assert.Contains("large", report, StringComparison.Ordinal);
        AssertStepsFollowTheDevice(new(Path.Combine(folder.Path, "run")));
        Assert.Equal(["large", "medium", "small"], SettlingRecord.TargetsOf(new(Path.Combine(folder.Path, "run"))).Select(target => target.Name));

        var again = await CommandLine.RunAsync(SmallDemo.Arguments(folder.Path, profiles));
        Assert.True(again.ExitCode == 0, string.Join('\n', again.Problems));
        Assert.Equal(summary.GetProperty("targets").GetRawText(), SmallDemo.Summary(folder.Path).GetProperty("targets").GetRawText());
        var asked = await CommandLine.RunAsync(SmallDemo.Arguments(folder.Path, profiles, "--target", "tiny: macs<=300K"));
        Assert.Equal(2, asked.ExitCode);
        Assert.Equal(3, asked.Problems.Count);
        var other = await CommandLine.RunAsync(SmallDemo.Arguments(folder.Path, profiles, "--seed", "2"));
        Assert.Equal(2, other.ExitCode);
        Assert.Contains(other.Problems, problem => problem.Contains("supernet.seed was 1, now 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_demo_killed_and_interrupted_in_every_stage_ends_as_an_unbroken_one()
    {
        using var unbroken = new TemporaryFolder();
        using var broken = new TemporaryFolder();
        string[] target = ["--target", "half: macs<=600K"];
        var profiles = await NearlyKnownAsync(unbroken, target);
        var arguments = SmallDemo.Arguments(broken.Path, profiles, target);
        await InterruptAsync(SmallDemo.Arguments(broken.Path, Path.Combine(broken.Path, "profiles"), target), "profiles/local/cpu.json");
        await HostProgram.RunToEndAsync(SmallDemo.Arguments(unbroken.Path, profiles, target));
        await InterruptAsync(arguments, "run/logs/supernet/steps.csv");
        await KillAsync("run/supernet.safetensors");
        await InterruptAsync(arguments, "run/trace.jsonl");
        await KillAsync("run/half/channels.json");
        await InterruptAsync(arguments, "run/logs/retrain/half/steps.csv");
        await KillAsync("run/half/network.safetensors");
        await HostProgram.RunToEndAsync(arguments);
        foreach (var file in new[] { "half/channels.json", "half/network.safetensors", "half/model.onnx", "supernet.safetensors" })
            Assert.Equal(Bytes(unbroken, file), Bytes(broken, file));
        var half = SmallDemo.Summary(broken.Path).GetProperty("targets")[0];
        Assert.Equal(("half", JsonValueKind.Null), (half.GetProperty("name").GetString(), half.GetProperty("budgetMilliseconds").ValueKind));

        Task KillAsync(string moment) => HostProgram.KillWhenAsync(arguments, Path.Combine(broken.Path, moment));

        async Task InterruptAsync(string[] run, string moment)
        {
            var (exitCode, errors) = await HostProgram.InterruptWhenAsync(run, Path.Combine(broken.Path, moment));
            Assert.Equal(130, exitCode);
            Assert.Equal("autoslim: interrupted", errors.TrimEnd().Split('\n')[^1]);
        }
    }

    /// <summary>A folder of a table that lacks little: what a whole profile says is the other test's, and no time decides this one's networks.</summary>
    private async Task<string> NearlyKnownAsync(TemporaryFolder folder, string[] target)
    {
        var profiles = Path.Combine(folder.Path, "known");
        await HostProgram.KillWhenAsync(SmallDemo.Arguments(folder.Path, Path.Combine(folder.Path, "first"), target), Path.Combine(folder.Path, "run", "run.json"));
        var definition = NetworkCatalog.Create(new RunFolder(Path.Combine(folder.Path, "run")).Settings().Network);
        InventedTable.WriteLacking(5, CostTableFile.PathFor(profiles, "local", running.Device.Description), definition, running.Device.Description);
        return profiles;
    }

    /// <summary>Whatever this machine's alignment is.</summary>
    private static void AssertStepsFollowTheDevice(RunFolder run)
    {
        var alignment = Assert.NotNull(DeviceAlignment.Of(CostTableFile.Read(run.CostTablePath("local"))));
        var definition = NetworkCatalog.Create(run.Settings().Network);
        foreach (var step in new SlimmingTrace(run.TracePath).Read())
            Assert.All(definition.Groups, group => Assert.True(step.Configuration[group.Name] is var width && (width % alignment == 0 || width == group.Maximum || width == group.Minimum), $"{group.Name} has {width} channels in step {step.Step}"));
    }

    private static byte[] Bytes(TemporaryFolder folder, string file) => File.ReadAllBytes(Path.Combine(folder.Path, "run", file));
}
