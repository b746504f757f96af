using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Onnx;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

public sealed class ExportedNetworksTests : IDisposable
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 16, MaximumWidth: 0.25));
    private static readonly RunSettings Settings = new() { Network = Network.Specification, Supernet = new(), Threads = 1 };

    private readonly TemporaryFolder folder = new();
    private readonly RunFolder run;

    public ExportedNetworksTests()
    {
        run = new(folder.Path);
        foreach (var name in new[] { "exported", "again", "not", "untrained" })
            ChannelFile.Of(Network, Network.Widest).Write(run.Network(name).ChannelsPath);
        foreach (var name in new[] { "exported", "again", "not" }) Train(name, seed: 1);
        foreach (var name in new[] { "exported", "again" }) ExportStage.Run(Settings, run.Network(name));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_of_the_weights_as_they_are_pass() => ExportedNetworks.Require(run, Network, [run.Network("exported")]);

    [Fact]
    public void Networks_that_were_trained_anew_since_or_never_exported_are_told_at_once_with_what_to_do()
    {
        Train("again", seed: 2);
        var problems = Assert.Throws<UsageException>(() => ExportedNetworks.Require(run, Network, run.Networks())).Problems;
        Assert.Equal(3, problems.Count);
        Assert.Equal($"'{run.Network("again").OnnxPath}' is not of '{run.Network("again").WeightsPath}' as it is now; write it anew with: autoslim export '{run.Path}' --target 'again'", problems[0]);
        Assert.Equal($"'{run.Network("not").OnnxPath}' is missing; write it with: autoslim export '{run.Path}' --target 'not'", problems[1]);
        Assert.EndsWith($"is missing; train it with: autoslim retrain '{run.Path}'", problems[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_does_not_say_of_which_weights_it_is_is_written_anew()
    {
        var plain = Network.Resolve(Network.Widest);
        File.WriteAllBytes(run.Network("exported").OnnxPath, OnnxWriter.Write(plain, RandomWeights.For(plain)));
        Assert.Contains("does not say of which weights it is", Assert.Throws<UsageException>(() => ExportedNetworks.Require(run, Network, [run.Network("exported")])).Problems.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_ONNX_is_told()
    {
        File.WriteAllText(run.Network("exported").OnnxPath, "no model");
        Assert.Contains("is no ONNX file", Assert.Throws<InvalidDataException>(() => ExportedNetworks.Require(run, Network, [run.Network("exported")])).Message, StringComparison.Ordinal);
    }

    private void Train(string name, long seed) => RandomNetwork.Write(run.Network(name), Network, Network.Widest, seed);
}
