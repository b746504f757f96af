using AutoSlim.Networks;

namespace AutoSlim.Tests.Networks;

public sealed class ChannelFileTests : IDisposable
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 32, Classes: 10));

    private static readonly NetworkDefinition Wide = NetworkCatalog.Create(Network.Specification with { InputChannels = 1, MaximumWidth = 2 });

    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("autoslim-test-").FullName, "channels.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    [Fact]
    public void A_file_survives_the_round_trip()
    {
        var file = ChannelFile.Of(Network, Network.Uniform(0.5));
        var read = ChannelFile.Parse(file.ToJson());
        Assert.Equal(Network.Uniform(0.5), read.Channels);
        Assert.Equal(Network.Specification, read.Definition.Specification);
        Assert.Equal(file.ToJson(), read.ToJson());
    }

    [Fact]
    public void The_keys_are_the_documented_ones_in_their_order() => Assert.StartsWith(
        """{"network":"mobilenet_v1","layout":"cifar","resolution":32,"classes":10,"channels":{"stem":32,"block0":64,""",
        string.Concat(ChannelFile.Of(Network, Network.Uniform(1)).ToJson().Where(letter => !char.IsWhiteSpace(letter))),
        StringComparison.Ordinal);

    [Fact]
    public void A_uniform_network_beyond_the_default_maximum_survives_too()
    {
        var wide = FittingNetwork.ForWidth(Network.Specification, 1.5);
        var read = ChannelFile.Parse(ChannelFile.Of(wide, wide.Widest).ToJson());
        Assert.Equal(wide.Widest, read.Channels);
        Assert.Equal(1.5, read.Definition.Specification.MaximumWidth);
    }

    [Fact]
    public void Channels_of_a_known_network_may_be_wider_than_its_default()
    {
        var channels = Wide.Widest.With("stem", 40);
        ChannelFile.Of(Wide, channels).Write(path);
        Assert.Equal(channels, ChannelFile.Read(path, Wide).Channels);
    }

    [Fact]
    public void Channels_of_another_network_are_refused()
    {
        ChannelFile.Of(Network, Network.Widest).Write(path);
        var other = NetworkCatalog.Create(Network.Specification with { Classes = 7 });
        var fault = Assert.Throws<InvalidChannelsException>(() => ChannelFile.Read(path, other));
        Assert.Contains("10 classes; expected mobilenet_v1, cifar, 32 pixels, 7 classes", Assert.Single(fault.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Channels_of_a_search_in_a_wider_network_are_read_without_it()
    {
        var channels = Wide.Widest.With("stem", 40);
        var read = ChannelFile.Parse(ChannelFile.Of(Wide, channels).ToJson());
        Assert.Equal(channels, read.Channels);
        Assert.Equal(2, read.Definition.Specification.MaximumWidth);
    }

    [Theory]
    [InlineData("\"resolution\":32", "\"resolution\":40000000", "resolution is 40000000, expected a whole number from 8 to 1000000")]
    [InlineData("\"classes\":10", "\"classes\":1000001", "classes is 1000001, expected a whole number from 1 to 1000000")]
    [InlineData("mobilenet_v1", "\\ud800", "not JSON of the form")]
    public void Values_that_nothing_can_be_counted_with_are_refused(string good, string bad, string problem)
    {
        var text = string.Concat(ChannelFile.Of(Network, Network.Widest).ToJson().Where(letter => !char.IsWhiteSpace(letter))).Replace(good, bad, StringComparison.Ordinal);
        Assert.StartsWith(problem, Assert.Single(Assert.Throws<InvalidChannelsException>(() => ChannelFile.Parse(text)).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_come_out_in_the_network_s_order()
    {
        var reversed = new ChannelConfiguration(Network.Uniform(1).Reverse());
        Assert.Equal(Network.Uniform(1), ChannelFile.Of(Network, reversed).Channels);
    }

    [Fact]
    public void Channels_that_do_not_fit_are_refused_when_the_file_is_made()
    {
        var channels = Network.Widest.With("stem", 4000).With("block3", 1);
        var invalid = Assert.Throws<InvalidChannelsException>(() => ChannelFile.Of(Network, channels));
        Assert.Equal(["group 'stem' has 4000 channels; choose 8 to 32", "group 'block3' has 1 channels; choose 40 to 280"], invalid.Problems);
    }
}
