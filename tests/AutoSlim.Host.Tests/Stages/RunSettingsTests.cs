using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Tests.Common;
using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Tests.Stages;

public sealed class RunSettingsTests
{
    private static readonly RunSettings Settings = new() { Network = new(MobileNetV1.Name, StrideLayout.Cifar, 32), Supernet = new(), Threads = 1 };

    [Fact]
    public void A_file_from_before_there_were_devices_is_of_the_processor_in_float32()
    {
        using var folder = new TemporaryFolder();
        Settings.Write(Path.Combine(folder.Path, "new.json"));
        var lines = File.ReadAllLines(Path.Combine(folder.Path, "new.json")).Where(line => !line.Contains("\"precision\"", StringComparison.Ordinal) && !line.Contains("\"device\"", StringComparison.Ordinal));
        var text = string.Join('\n', lines).Replace(",\n}", "\n}", StringComparison.Ordinal);
        var old = RunSettings.Read(folder.Write("old.json", text));
        Assert.Equal((ComputeDevice.Cpu, Precision.Float32), (old.Device, old.Supernet.Precision));
        Assert.Equal([], Settings.DifferencesFrom(old));
    }

    [Fact]
    public void A_file_from_before_random_members_could_be_chosen_has_the_paper_s_two()
    {
        using var folder = new TemporaryFolder();
        Settings.Write(Path.Combine(folder.Path, "new.json"));
        var lines = File.ReadAllLines(Path.Combine(folder.Path, "new.json")).Where(line => !line.Contains("\"randomMembers\"", StringComparison.Ordinal));
        var old = RunSettings.Read(folder.Write("old.json", string.Join('\n', lines)));
        Assert.Equal(2, old.Supernet.RandomMembers);
        Assert.Equal(["supernet.randomMembers was 2, now 5"], (Settings with { Supernet = new() { RandomMembers = 5 } }).DifferencesFrom(old));
    }

    [Fact]
    public void Device_and_precision_are_kept_and_a_run_does_not_change_them()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "run.json");
        var gpu = Settings with { Device = ComputeDevice.Parse("cuda:1")!, Supernet = new() { Precision = Precision.Bfloat16 } };
        gpu.Write(path);
        Assert.Equal(gpu.Device, RunSettings.Read(path).Device);
        Assert.Equal(["supernet.precision was bfloat16, now float32", "device was cuda:1, now cpu"], Settings.DifferencesFrom(RunSettings.Read(path)).OrderDescending());
    }

    [Fact]
    public void Weights_are_known_by_their_content_wherever_they_lie()
    {
        var begun = Settings with { Weights = new("resnet.safetensors", "aa") };
        Assert.Equal([], (Settings with { Weights = new("renamed.safetensors", "aa") }).DifferencesFrom(begun));
        Assert.Contains("weights.hash was aa, now bb", (Settings with { Weights = new("resnet.safetensors", "bb") }).DifferencesFrom(begun));
        Assert.Equal(["weights.file was resnet.safetensors, now not set", "weights.hash was aa, now not set"], Settings.DifferencesFrom(begun).Order());
    }

    [Fact]
    public void Images_are_those_that_the_run_began_with_where_it_knows_them()
    {
        var begun = Settings with { Images = new(200, "aa") };
        Assert.Equal(["images.count was 200, now 199", "images.hash was aa, now bb"], (Settings with { Images = new(199, "bb") }).DifferencesFrom(begun));
        Assert.Equal([], begun.DifferencesFrom(Settings));
    }

    [Fact]
    public void The_same_images_may_lie_in_another_folder_once_they_are_gone_from_the_old_one()
    {
        using var folder = new TemporaryFolder();
        var begun = Settings with { DataFolder = "/old", Images = new(200, "aa") };
        var there = begun with { DataFolder = folder.Path };
        Assert.Equal([$"dataFolder was {folder.Path}, now /new"], (begun with { DataFolder = "/new" }).DifferencesFrom(there));
        Assert.Equal([], (begun with { DataFolder = "/new" }).DifferencesFrom(begun));
        Assert.Equal(["dataFolder was /old, now /new", "images.hash was aa, now bb"], (begun with { DataFolder = "/new", Images = new(200, "bb") }).DifferencesFrom(begun));
        Assert.Equal(["dataFolder was /old, now /new"], (begun with { DataFolder = "/new" }).DifferencesFrom(begun with { Images = null }));
    }

    [Fact]
    public void A_device_that_is_none_is_told()
    {
        using var folder = new TemporaryFolder();
        Settings.Write(Path.Combine(folder.Path, "run.json"));
        var text = File.ReadAllText(Path.Combine(folder.Path, "run.json")).Replace("\"cpu\"", "\"tpu\"", StringComparison.Ordinal);
        Assert.Contains("the device is 'tpu', expected cpu", Assert.Throws<InvalidDataException>(() => RunSettings.Read(folder.Write("bad.json", text))).Message, StringComparison.Ordinal);
    }
}
