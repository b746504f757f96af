using AutoSlim.Host.Stages;

namespace AutoSlim.Host.Tests.Stages;

public sealed class JointProgressTests
{
    private readonly List<(long Images, string Detail)> shown = [];

    [Fact]
    public void Images_of_all_networks_add_up()
    {
        var progress = new JointProgress([0, 0], (images, detail) => shown.Add((images, detail)));
        progress.Show(0, new(1, 4, 64, 256, 2.25));
        progress.Show(1, new(1, 4, 128, 256, 1.5));
        progress.Show(0, new(2, 4, 192, 256, 1.125));
        Assert.Equal([(64, "network 1/2 epoch 1/4 loss 2.250"), (192, "network 2/2 epoch 1/4 loss 1.500"), (320, "network 1/2 epoch 2/4 loss 1.125")], shown);
    }

    [Fact]
    public void What_an_earlier_sitting_did_of_all_of_them_counts_from_the_first_report_on()
    {
        new JointProgress([64, 128], (images, detail) => shown.Add((images, detail))).Show(0, new(2, 4, 128, 256, 2.25));
        Assert.Equal([(256, "network 1/2 epoch 2/4 loss 2.250")], shown);
    }

    [Fact]
    public void A_network_alone_is_not_numbered()
    {
        new JointProgress([0], (images, detail) => shown.Add((images, detail))).Show(0, new(3, 4, 64, 256, 0.5));
        Assert.Equal([(64, "epoch 3/4 loss 0.500")], shown);
    }
}
