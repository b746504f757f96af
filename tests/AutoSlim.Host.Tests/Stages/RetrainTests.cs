using AutoSlim.Files;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Tests.Common;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Scoring;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Tests.Stages;

public sealed class RetrainTests(SlimmedRun slimmed, RunningAgent running) : IClassFixture<SlimmedRun>, IClassFixture<RunningAgent>
{
    private static readonly string[] Names = ["large", "small"];

    [Fact]
    public async Task Networks_trained_together_from_the_supernet_are_exported_like_any_other_and_say_the_same_on_the_device()
    {
        var run = slimmed.Copy("exported");
        var trained = await SlimmedRun.Succeeds("retrain", run, "--joint", "--from", "supernet", "--epochs", "2");
        Assert.Equal(Names.Select(name => Weights(run, name)), trained.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await SlimmedRun.Succeeds("export", run);
        var joint = NetworkCheckpoint.Load(Path.Combine(run, "joint.safetensors"));
        Assert.Equal(Names, joint.Switches.Keys);
        foreach (var name in Names)
        {
            var network = NetworkCheckpoint.Load(Weights(run, name));
            Assert.Equal(joint.Switches[name], network.Configuration);
            Assert.Equal((true, WeightOrigin.Supernet), (network.Retraining.Joint, network.Retraining.From));
            await SaysTheSameOnTheDevice(new(run), network, Path.Combine(run, name, "model.onnx"));
        }

        Assert.Equal(SharedKernel(run, "small"), SharedKernel(run, "large").Take(SharedKernel(run, "small").Length));
    }

    [Fact]
    public async Task A_killed_joint_training_goes_on_bit_by_bit()
    {
        var (unbroken, broken) = (slimmed.Copy("unbroken"), slimmed.Copy("broken"));
        string[] settings = ["--joint", "--distil", "supernet", "--epochs", "4"];
        await HostProgram.RunToEndAsync(["retrain", unbroken, .. settings]);
        await HostProgram.KillWhenAsync(["retrain", broken, .. settings], Path.Combine(broken, "joint.safetensors"));
        Assert.InRange(NetworkCheckpoint.Load(Path.Combine(broken, "joint.safetensors")).EpochsDone, 1, 3);
        await HostProgram.RunToEndAsync(["retrain", broken, .. settings]);
        AssertSameFiles(unbroken, broken, ["joint.safetensors", .. Names.Select(name => Path.Combine(name, "network.safetensors"))]);
    }

    [Fact]
    public async Task A_killed_training_with_a_teacher_goes_on_bit_by_bit_and_a_network_alone_is_the_same_as_among_others()
    {
        var (unbroken, broken, alone) = (slimmed.Copy("taught"), slimmed.Copy("taught-broken"), slimmed.Copy("alone"));
        string[] settings = ["--from", "supernet", "--distil", "supernet", "--distil-weight", "0.25", "--epochs", "4"];
        await HostProgram.RunToEndAsync(["retrain", unbroken, .. settings]);
        await HostProgram.KillWhenAsync(["retrain", broken, .. settings], Weights(broken, "large"));
        await HostProgram.RunToEndAsync(["retrain", broken, .. settings]);
        AssertSameFiles(unbroken, broken, Names.Select(name => Path.Combine(name, "network.safetensors")));
        await HostProgram.RunToEndAsync(["retrain", alone, "--target", "small", .. settings]);
        Assert.False(File.Exists(Weights(alone, "large")));
        AssertSameFiles(unbroken, alone, [Path.Combine("small", "network.safetensors")]);
    }

    [Fact]
    public async Task In_place_distillation_and_labels_for_all_end_at_other_weights()
    {
        var (labels, inPlace) = (slimmed.Copy("labels"), slimmed.Copy("inplace"));
        await SlimmedRun.Succeeds("retrain", labels, "--joint", "--epochs", "1");
        await SlimmedRun.Succeeds("retrain", inPlace, "--joint", "--distil", "inplace", "--epochs", "1");
        Assert.NotEqual(SharedKernel(labels, "small"), SharedKernel(inPlace, "small"));
    }

    [Fact]
    public async Task One_that_fails_is_told_and_the_others_are_trained()
    {
        var run = slimmed.Copy("claimed");
        using var claim = FileClaim.Take(Weights(run, "small"), TimeSpan.Zero);
        var retrain = await CommandLine.RunAsync("retrain", run, "--epochs", "1");
        Assert.Equal(1, retrain.ExitCode);
        Assert.Contains(retrain.Problems, line => line.StartsWith($"retrain: '{Weights(run, "small")}' failed, the others go on: another autoslim works on", StringComparison.Ordinal));
        Assert.StartsWith("autoslim: another autoslim works on", retrain.Problems[^1], StringComparison.Ordinal);
        Assert.Equal(1, NetworkCheckpoint.Load(Weights(run, "large")).EpochsDone);
    }

    [Fact]
    public async Task A_training_goes_on_under_its_own_settings_only()
    {
        var run = slimmed.Copy("settings");
        await SlimmedRun.Succeeds("retrain", run, "--epochs", "1", "--target", "small");
        await Refuses(run, "retraining 'from' is \"scratch\" in the checkpoint, \"supernet\" was asked for", "--epochs", "1", "--from", "supernet");
        await Refuses(run, "retraining 'joint' is false in the checkpoint, true was asked for", "--epochs", "1", "--joint");
        File.Delete(Weights(run, "small"));
        await SlimmedRun.Succeeds("retrain", run, "--epochs", "1", "--joint");
        await Refuses(run, "retraining 'joint' is true in the checkpoint, false was asked for", "--epochs", "1");
        await Refuses(run, "switches 'large' is", "--epochs", "1", "--joint", "--target", "small");
        await SlimmedRun.Succeeds("retrain", run, "--epochs", "1", "--joint");
        File.Delete(Path.Combine(run, "joint.safetensors"));
        await Refuses(run, "is of an earlier joint training", "--epochs", "1", "--joint");
    }

    [Fact]
    public async Task Another_supernet_makes_another_training()
    {
        var run = slimmed.Copy("other-supernet");
        await SlimmedRun.Succeeds("retrain", run, "--epochs", "1", "--from", "supernet");
        var path = Path.Combine(run, "supernet.safetensors");
        var file = SafeTensorsFile.Read(path);
        new SafeTensorsFile(file.Tensors, file.Metadata.Append(new("note", "another")).ToDictionary()).Write(path);
        await Refuses(run, "retraining 'supernet' is ", "--epochs", "1", "--from", "supernet");
    }

    [Fact]
    public async Task A_supernet_that_is_missing_or_lacks_its_statistics_is_none_to_start_from()
    {
        var run = slimmed.Copy("half");
        var path = Path.Combine(run, "supernet.safetensors");
        var file = SafeTensorsFile.Read(path);
        new SafeTensorsFile(file.Tensors.Where(tensor => !tensor.Key.StartsWith("statistics.", StringComparison.Ordinal)).ToDictionary(), file.Metadata).Write(path);
        await Refuses(run, "has no batch-norm statistics; train it again", "--from", "supernet");
        File.Delete(path);
        await Refuses(run, "supernet.safetensors' is missing", "--distil", "supernet");
    }

    [Theory]
    [InlineData("--distil inplace is between networks that are trained together", "--distil", "inplace")]
    [InlineData("--distil-weight is that of the supernet's softmax, but --distil is none", "--distil-weight", "0.3")]
    [InlineData("--distil-weight is 1.5, expected 0.01 to 1", "--distil", "supernet", "--distil-weight", "1.5")]
    public async Task Options_that_do_not_go_together_are_wrong_use(string problem, params string[] options)
    {
        var run = await CommandLine.RunAsync(["retrain", slimmed.Copy(Guid.NewGuid().ToString("N")), .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, Assert.Single(run.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_alone_has_nobody_to_learn_from()
    {
        var run = await CommandLine.RunAsync("retrain", slimmed.Copy("untaught"), "--joint", "--distil", "inplace", "--target", "small");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("all have the same channels", Assert.Single(run.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_the_run_lacks_is_named_with_those_it_has()
    {
        var run = await CommandLine.RunAsync("retrain", slimmed.Copy("lacks"), "--target", "smal", "--target", "large", "--target", "x");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(2, run.Problems.Count);
        Assert.EndsWith("holds no network 'smal'; choose among large, small; did you mean 'small'?", run.Problems[0], StringComparison.Ordinal);
    }

    private async Task SaysTheSameOnTheDevice(RunFolder run, NetworkCheckpoint checkpoint, string onnx)
    {
        var images = RunImages.Load(run.Settings(), TextWriter.Null);
        using var network = new SlimmableNetwork(NetworkCatalog.Create(checkpoint.Specification), checkpoint.Configuration, seed: 0);
        checkpoint.Restore(network);
        using var statistics = checkpoint.ReadStatistics()!;
        var expected = Evaluation.Logits(network, checkpoint.Configuration, statistics, images.ForTest());
        var batch = images.ForTest().Single();
        var model = await File.ReadAllBytesAsync(onnx, TestContext.Current.CancellationToken);
        var actual = await running.Device.EvaluateAsync(model, ImageBatch.Of(batch.Pixels, batch.Count, 1, 28, 28), TestContext.Current.CancellationToken);
        Assert.Null(actual.Reason);
        Assert.Equal(100 * 10, actual.Logits.Length);
        Assert.All(expected.Zip(actual.Logits), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    private static string Weights(string run, string name) => Path.Combine(run, name, "network.safetensors");

    /// <summary>The stem reads images only, so the first filters are the same rows in both.</summary>
    private static float[] SharedKernel(string run, string name) => SafeTensorsFile.Read(Weights(run, name)).Tensors["stem.weight"].AsFloats().ToArray();

    private static void AssertSameFiles(string expected, string actual, IEnumerable<string> files) =>
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(expected, file)), File.ReadAllBytes(Path.Combine(actual, file))));

    private static async Task Refuses(string run, string problem, params string[] options)
    {
        var refused = await CommandLine.RunAsync(["retrain", run, .. options]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(problem, string.Join('\n', refused.Problems), StringComparison.Ordinal);
    }
}
