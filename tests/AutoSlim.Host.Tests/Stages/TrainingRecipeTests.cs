using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Tests.Common;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Tests.Stages;

public sealed class TrainingRecipeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Data => Path.Combine(folder.Path, "data");

    public TrainingRecipeTests() => SmallImages.Write(Data);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_training_killed_after_an_epoch_ends_as_an_unbroken_one_and_its_log_has_every_step_once()
    {
        var (unbroken, broken) = (Path.Combine(folder.Path, "unbroken"), Path.Combine(folder.Path, "broken"));
        await HostProgram.RunToEndAsync(Train(unbroken));
        await HostProgram.KillWhenAsync(Train(broken), Path.Combine(broken, "supernet.safetensors"));
        await HostProgram.RunToEndAsync([.. Train(broken), "--resume"]);
        Assert.Equal(File.ReadAllBytes(Path.Combine(unbroken, "supernet.safetensors")), File.ReadAllBytes(Path.Combine(broken, "supernet.safetensors")));
        Assert.Equal(Rows(unbroken, "epochs.csv"), Rows(broken, "epochs.csv"));
        Assert.Equal(Timeless(Rows(unbroken, "steps.csv")), Timeless(Rows(broken, "steps.csv")));
        Assert.Equal(["2", "4", "6", "8"], Rows(broken, "epochs.csv").Skip(1).Select(row => row.Split(',')[0]));
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8"], Rows(broken, "steps.csv").Skip(1).Select(row => row.Split(',')[0]));
    }

    [Fact]
    public async Task Retraining_goes_by_the_supernets_options_but_for_those_given()
    {
        var run = Path.Combine(folder.Path, "run");
        await Succeeds("train", "mobilenet_v1", "--data", Data, "--out", run, "--epochs", "1", "--search-images", "50", "--threads", "1",
            "--optimizer", "rmsprop", "--learning-rate", "0.001", "--schedule", "step", "--label-smoothing", "0");
        await Succeeds("slim", run, "--target", "half: macs<=3M", "--blocks", "3", "--profiles", Path.Combine(folder.Path, "profiles"), "--unhealthy");
        await Succeeds("retrain", run, "--epochs", "2", "--ema", "0.5", "--gamma", "0.25");
        var options = NetworkCheckpoint.Load(Path.Combine(run, "half", "network.safetensors")).Options;
        Assert.Equal((2, OptimizerKind.RmsProp, 0.001, ScheduleKind.Step, 0.25, 0.0, 0.5),
            (options.Epochs, options.Optimizer, options.LearningRate, options.Schedule, options.MilestoneFactor, options.LabelSmoothing, options.AverageDecay));
        Assert.Equal("step,loss/network,learning-rate,gradient-norm,images-per-second", Rows(run, "steps.csv", "retrain/half")[0]);
        Assert.Equal(7, Rows(run, "steps.csv", "retrain/half").Count);
        Assert.Equal(3, Rows(run, "epochs.csv", "retrain/half").Count);
        RequireStatisticsOfItsWeights(run, "half");
        var refused = await CommandLine.RunAsync("retrain", run, "--schedule", "linear", "--milestones", "0.5", "--ema", "2");
        Assert.Equal(2, refused.ExitCode);
    }

    /// <summary>The first step's widest and narrowest have learnt nothing yet, so they tell the same; the random ones are others.</summary>
    [Fact]
    public async Task A_supernet_learns_from_as_many_random_members_a_step_as_it_is_told()
    {
        var (usual, five) = (Path.Combine(folder.Path, "usual"), Path.Combine(folder.Path, "five"));
        string[] train = ["train", "mobilenet_v1", "--data", Data, "--epochs", "1", "--search-images", "50", "--threads", "1", "--out"];
        await Succeeds([.. train, usual]);
        await Succeeds([.. train, five, "--random-members", "5"]);
        var (two, more) = (FirstLosses(usual), FirstLosses(five));
        Assert.Equal(two[..2], more[..2]);
        Assert.NotEqual(two[2], more[2]);
    }

    /// <summary>The weights at the end are averages; batch norm must have been calibrated for them.</summary>
    private static void RequireStatisticsOfItsWeights(string run, string name)
    {
        var checkpoint = NetworkCheckpoint.Load(Path.Combine(run, name, "network.safetensors"));
        var images = RunImages.Load(new RunFolder(run).Settings(), TextWriter.Null);
        using var network = new SlimmableNetwork(NetworkCatalog.Create(checkpoint.Specification), checkpoint.Configuration, seed: 0);
        checkpoint.Restore(network);
        using var expected = BatchNormCalibration.Of(network, checkpoint.Configuration, images.ForCalibration(checkpoint.Options.Seed));
        using var stored = checkpoint.ReadStatistics()!;
        foreach (var (layer, (mean, variance)) in expected.Layers)
        {
            Assert.True(mean.allclose(stored.Layers[layer].Mean, rtol: 1e-3, atol: 1e-4), $"mean of {layer}");
            Assert.True(variance.allclose(stored.Layers[layer].Variance, rtol: 1e-3, atol: 1e-4), $"variance of {layer}");
        }
    }

    private string[] Train(string run) =>
    [
        "train", "mobilenet_v1", "--data", Data, "--out", run, "--epochs", "4", "--search-images", "50", "--threads", "1", "--optimizer", "adamw",
        "--learning-rate", "0.003", "--schedule", "cosine", "--accumulate", "2", "--ema", "0.9",
    ];

    private static async Task Succeeds(params string[] arguments)
    {
        var run = await CommandLine.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Problems));
    }

    private static List<string> Rows(string run, string file, string training = "supernet") =>
        [.. File.ReadAllLines(Path.Combine(run, "logs", training, file))];

    /// <summary>Widest, narrowest, random.</summary>
    private static string[] FirstLosses(string run) => Rows(run, "steps.csv")[1].Split(',')[1..4];

    /// <summary>Without the images per second.</summary>
    private static IEnumerable<string> Timeless(List<string> rows) => rows.Select(row => row[..row.LastIndexOf(',')]);
}
