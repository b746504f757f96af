using System.Text.Json;
using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Tests.Common;
using SkiaSharp;

namespace AutoSlim.EndToEnd.Tests.Stages;

/// <summary>The verbs on JPEG and PNG files in class folders, as a user would have them.</summary>
public sealed class ImageFileChainTests(RunningAgent running) : IClassFixture<RunningAgent>, IDisposable
{
    private static readonly string[] Classes = ["cat", "dog", "owl"];

    private readonly TemporaryFolder folder = new();

    private string Data => Path.Combine(folder.Path, "data");

    private string Run => Path.Combine(folder.Path, "run");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_verbs_one_after_another_make_a_network_verified_on_the_device_although_two_images_are_broken()
    {
        WriteImages();
        var (brokenTraining, brokenTest) = (Path.Combine(Data, "train", "cat", "3.jpg"), Path.Combine(Data, "val", "owl", "1.jpg"));
        File.WriteAllBytes(brokenTraining, File.ReadAllBytes(brokenTraining)[..200]);
        File.WriteAllBytes(brokenTest, []);
        var profiles = Path.Combine(folder.Path, "profiles");
        var trained = await Succeeds(Train("--augment", "imagenet"));
        Assert.Contains("\"augment\": \"imagenet\"", await File.ReadAllTextAsync(Path.Combine(Run, "run.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var definition = NetworkCatalog.Create(new RunFolder(Run).Settings().Network);
        InventedTable.WriteLacking(5, CostTableFile.PathFor(profiles, "local", running.Device.Description), definition, running.Device.Description);
        var slimmed = await Succeeds("slim", Run, "--target", "half: latency@local<=100ms, memory@local<=10MB, macs<=1M", "--blocks", "6", "--search", "fast", "--profiles", profiles, "--unhealthy", "--unsteady");
        Assert.Contains("\"settled\": true", await File.ReadAllTextAsync(Path.Combine(Run, "settling.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains($"data: '{brokenTraining}' is no image, or ends within its header: it is skipped", trained.Error + slimmed.Error, StringComparison.Ordinal);
        await Succeeds("retrain", Run, "--epochs", "1");
        await Succeeds("export", Run);
        var verified = await Succeeds("verify", Run, "--profiles", profiles, "--unsteady", "--json", "--strict");
        Assert.Contains($"data: '{brokenTest}' is empty", verified.Error, StringComparison.Ordinal);
        var half = JsonDocument.Parse(verified.Output).RootElement.GetProperty("half");
        Assert.InRange(half.GetProperty("maximumLogitDifference").GetDouble(), 0, 1e-4);
        Assert.InRange(half.GetProperty("measuredMilliseconds").GetDouble(), 1e-3, 100);
        Assert.InRange(half.GetProperty("measuredMemoryBytes").GetDouble(), 1e4, 1e7);
        Assert.Equal(half.GetProperty("accuracy").GetDouble(), half.GetProperty("onnxAccuracy").GetDouble(), tolerance: 1e-9);
        await IsRefusedAsStrictAsync("100ms", "1us", profiles);
    }

    /// <summary>As if the search had been for a budget that nothing keeps.</summary>
    private async Task IsRefusedAsStrictAsync(string budget, string impossible, string profiles)
    {
        var settling = Path.Combine(Run, "settling.json");
        await File.WriteAllTextAsync(settling, (await File.ReadAllTextAsync(settling, TestContext.Current.CancellationToken)).Replace(budget, impossible, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var missed = await CommandLine.RunAsync("verify", Run, "--profiles", profiles, "--unsteady", "--json", "--strict");
        Assert.Equal(1, missed.ExitCode);
        Assert.Contains("over its budget latency@local<=", missed.Problems[^2], StringComparison.Ordinal);
        Assert.Contains("1 of the budgets on 'local' is missed, and --strict wants all kept", missed.Problems[^1], StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse(missed.Output).RootElement.TryGetProperty("half", out _));
    }

    [Fact]
    public async Task The_same_settings_train_the_same_bits_and_files_are_seen_at_224_pixels_unless_told_otherwise()
    {
        WriteImages(perClass: 6);
        await Succeeds(Train());
        var first = await File.ReadAllBytesAsync(Path.Combine(Run, "supernet.safetensors"), TestContext.Current.CancellationToken);
        Directory.Delete(Run, recursive: true);
        await Succeeds(Train());
        Assert.Equal(first, await File.ReadAllBytesAsync(Path.Combine(Run, "supernet.safetensors"), TestContext.Current.CancellationToken));
        var refused = await CommandLine.RunAsync("train", "mobilenet_v1", "--data", Data, "--out", Run, "--resume", "--epochs", "1", "--search-images", "10", "--threads", "1", "--batch-size", "4");
        Assert.Contains(refused.Problems, problem => problem.Contains("network.resolution was 32, now 224", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Too_many_broken_images_end_it_with_1_and_a_higher_limit_lets_it_go_on()
    {
        WriteImages();
        for (var i = 0; i < 8; i++) File.WriteAllText(Path.Combine(Data, "train", "dog", $"{i}.jpg"), "no image");
        var stopped = await CommandLine.RunAsync(Train("--max-broken", "1"));
        Assert.Equal(1, stopped.ExitCode);
        Assert.Contains("2 image files cannot be used, more than the 1 that are put up with", stopped.Problems[^1], StringComparison.Ordinal);
        Assert.Contains("is no image, or ends within its header", stopped.Problems[^2], StringComparison.Ordinal);
        await Succeeds(Train("--max-broken", "8"));
        await Succeeds(Train("--max-broken", "9", "--resume"));
        await Succeeds(Train("--resume"));
        Assert.Contains("\"maximumBroken\": 9", await File.ReadAllTextAsync(Path.Combine(Run, "run.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("autoslim: unknown augmentation 'imagnet'; choose none, shift, cifar, imagenet, digits; did you mean 'imagenet'?", "--augment", "imagnet")]
    [InlineData("autoslim: --max-broken is -1, expected 0 to 2147483647", "--max-broken", "-1")]
    [InlineData("autoslim: --resolution is 4, expected 8 to 8192", "--resolution", "4")]
    public async Task A_wrong_option_is_told(string problem, params string[] options)
    {
        var run = await CommandLine.RunAsync(["train", "mobilenet_v1", "--data", Data, "--out", Run, .. options]);
        Assert.Equal((2, problem), (run.ExitCode, Assert.Single(run.Problems)));
    }

    [Fact]
    public async Task Images_in_memory_cannot_be_cropped_as_files_are()
    {
        SmallImages.Write(Data);
        var run = await CommandLine.RunAsync("train", "mobilenet_v1", "--data", Data, "--out", Run, "--search-images", "10", "--augment", "imagenet");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--augment imagenet cuts parts out of image files", Assert.Single(run.Problems), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Run));
    }

    [Fact]
    public async Task The_demo_sends_class_folders_to_train()
    {
        WriteImages(perClass: 1);
        var run = await CommandLine.RunAsync("demo", "--data", Data, "--out", Run);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("only train takes image files", Assert.Single(run.Problems), StringComparison.Ordinal);
    }

    private string[] Train(params string[] more) =>
        ["train", "mobilenet_v1", "--data", Data, "--out", Run, "--resolution", "32", "--epochs", "1", "--search-images", "10", "--threads", "1", "--batch-size", "4", .. more];

    private static async Task<CommandLine> Succeeds(params string[] arguments)
    {
        var run = await CommandLine.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Problems));
        return run;
    }

    private void WriteImages(int perClass = 20)
    {
        foreach (var (label, name) in Classes.Index())
            foreach (var (set, count) in new[] { ("train", perClass), ("val", 4) })
                for (var i = 0; i < count; i++)
                    Write(Path.Combine(Data, set, name), i, new((byte)(60 * label), (byte)(10 * i), 128));
    }

    private static void Write(string folder, int number, SKColor colour)
    {
        Directory.CreateDirectory(folder);
        using var bitmap = new SKBitmap(50, 40, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Erase(colour);
        using var data = bitmap.Encode(number % 2 == 0 ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, quality: 90);
        File.WriteAllBytes(Path.Combine(folder, $"{number}.jpg"), data.ToArray());
    }
}
