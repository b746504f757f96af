using AutoSlim.Tests.Common;
using AutoSlim.Training.Checkpoints;

namespace AutoSlim.Host.Tests.Stages;

public sealed class TrainWeightsTests(SlimmedRun slimmed) : IClassFixture<SlimmedRun>
{
    [Fact]
    public async Task A_supernet_starts_from_a_file_and_tells_what_fitted()
    {
        var weights = Weights("start");
        var (run, scratch) = (Folder("started"), Folder("scratch"));
        var trained = await SlimmedRun.Succeeds([.. Train(run), "--weights", weights]);
        Assert.Contains($"train: '{weights}': 83 of 83 tensors of mobilenet_v1 start from it, by our own names", trained.Problems);
        await SlimmedRun.Succeeds(Train(scratch));
        Assert.NotEqual(Stem(scratch), Stem(run));
    }

    [Fact]
    public async Task A_killed_training_from_weights_goes_on_bit_by_bit_and_from_the_same_ones_only()
    {
        var weights = Weights("killed");
        var (unbroken, broken) = (Folder("unbroken-start"), Folder("broken-start"));
        await HostProgram.RunToEndAsync([.. Train(unbroken, epochs: 4), "--weights", weights]);
        await HostProgram.KillWhenAsync([.. Train(broken, epochs: 4), "--weights", weights], Path.Combine(broken, "supernet.safetensors"));
        var without = await CommandLine.RunAsync([.. Train(broken, epochs: 4), "--resume"]);
        Assert.Equal(2, without.ExitCode);
        Assert.Contains(without.Problems, problem => problem.Contains("weights.hash was ", StringComparison.Ordinal));
        await HostProgram.RunToEndAsync([.. Train(broken, epochs: 4), "--weights", weights, "--resume"]);
        Assert.Equal(File.ReadAllBytes(Path.Combine(unbroken, "supernet.safetensors")), File.ReadAllBytes(Path.Combine(broken, "supernet.safetensors")));
    }

    [Fact]
    public async Task A_file_that_does_not_fit_fails_before_the_run_begins()
    {
        var path = Path.Combine(slimmed.Copy("strange"), "strange.safetensors");
        new SafeTensorsFile(new Dictionary<string, StoredTensor> { ["strange.weight"] = StoredTensor.Of([1], [1f]) }, new Dictionary<string, string>()).Write(path);
        var run = Folder("never");
        var refused = await CommandLine.RunAsync([.. Train(run), "--weights", path]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("unexpected, so not used: strange.weight", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.False(Directory.Exists(run));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_wrong_use()
    {
        var refused = await CommandLine.RunAsync([.. Train(Folder("none")), "--weights", "none.safetensors"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal("autoslim: --weights: file 'none.safetensors' does not exist; give a safetensors file", Assert.Single(refused.Problems));
    }

    private string Folder(string name) => Path.Combine(Path.GetDirectoryName(slimmed.Data)!, name);

    private string Weights(string name) => Path.Combine(slimmed.Copy(name), "supernet.safetensors");

    private string[] Train(string run, int epochs = 1) =>
        ["train", SlimmedRun.Network, "--data", slimmed.Data, "--out", run, "--epochs", $"{epochs}", "--search-images", "50", "--threads", "1"];

    private static float[] Stem(string run) => SafeTensorsFile.Read(Path.Combine(run, "supernet.safetensors")).Tensors["stem.weight"].AsFloats().ToArray();
}
