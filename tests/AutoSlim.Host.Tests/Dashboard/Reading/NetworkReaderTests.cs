using AutoSlim.Host.Dashboard.Reading;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Tests.Stages;
using AutoSlim.Networks;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Dashboard.Reading;

public sealed class NetworkReaderTests : IDisposable
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 16, MaximumWidth: 0.25));
    private static readonly RunSettings Settings = new() { Network = Network.Specification, Supernet = new(), Threads = 1 };

    private readonly TemporaryFolder work = new();
    private readonly NetworkReader reader = new();
    private readonly List<string> problems = [];
    private readonly NetworkFolder folder;

    public NetworkReaderTests()
    {
        folder = new(Path.Combine(work.Path, "small"));
        ChannelFile.Of(Network, Network.Widest).Write(folder.ChannelsPath);
    }

    public void Dispose() => work.Dispose();

    [Fact]
    public void A_network_is_chosen_trained_exported_and_verified()
    {
        Assert.Equal("chosen", Stage());
        RandomNetwork.Write(folder, Network, Network.Widest, epochsDone: 2, epochs: 3);
        Assert.Equal("trained for 2 of 3 epochs", Stage());
        RandomNetwork.Write(folder, Network, Network.Widest);
        Assert.Equal("trained", Stage());
        ExportStage.Run(Settings, folder);
        Assert.Equal("exported", Stage());
        Verify();
        Assert.Equal("verified", Stage());
        Assert.Same(reader.Read(folder, Network, problems), reader.Read(folder, Network, problems));
        Assert.Empty(problems);
    }

    [Fact]
    public void Nothing_of_other_channels_is_shown_as_the_network_s()
    {
        Finish();
        ChannelFile.Of(Network, Network.Narrowest).Write(folder.ChannelsPath);
        var view = reader.Read(folder, Network, problems);
        Assert.Equal((Network.Narrowest, "chosen", null, null), (view.Channels, view.Stage, view.OnnxBytes, view.Verification));
    }

    [Fact]
    public void Nothing_of_earlier_weights_is_shown_as_the_network_s()
    {
        Finish();
        RandomNetwork.Write(folder, Network, Network.Widest, seed: 2);
        Assert.Equal("trained", Stage());
        ExportStage.Run(Settings, folder);
        Assert.Equal("exported", Stage());
    }

    [Fact]
    public void Files_that_were_copied_in_any_order_are_told_by_their_hashes()
    {
        Finish();
        foreach (var (days, path) in new[] { folder.VerificationPath, folder.OnnxPath, folder.WeightsPath }.Index()) File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddDays(days));
        Assert.Equal("verified", Stage());
    }

    [Fact]
    public void What_cannot_be_read_is_told_at_every_look_and_read_again_once_it_has_changed()
    {
        File.WriteAllText(folder.WeightsPath, "no weights");
        for (var look = 0; look < 2; look++) Assert.Equal("chosen", Stage());
        Assert.Equal(2, problems.Count);
        Assert.All(problems, problem => Assert.StartsWith($"'{folder.WeightsPath}': ", problem, StringComparison.Ordinal));
        Finish();
        Assert.Equal("verified", Stage());
        Assert.Equal(2, problems.Count);
    }

    private string Stage() => reader.Read(folder, Network, problems).Stage;

    private void Finish()
    {
        RandomNetwork.Write(folder, Network, Network.Widest);
        ExportStage.Run(Settings, folder);
        Verify();
    }

    private void Verify() => new Verification(4.1, 4.2, 0.71, 0.71, 1e-5, 0.01) { Device = "pixel", Weights = ExportStage.HashOfWeights(folder) }.Write(folder.VerificationPath);
}
