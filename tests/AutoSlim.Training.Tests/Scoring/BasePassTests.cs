using AutoSlim.Networks;
using AutoSlim.Training.Scoring;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Training.Tests.Scoring;

public sealed class BasePassTests : IDisposable
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(30);

    private readonly SlimmableNetwork network = TinyTraining.Network();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ResolvedNetwork Widest => network.Definition.Resolve(network.Definition.Widest);

    private ResolvedNetwork Candidate => network.Definition.Resolve(network.Definition.Widest.Shrink(network.Definition.Groups[^1])!);

    public void Dispose() => network.Dispose();

    [Fact]
    public async Task A_candidate_that_begins_first_waits_for_the_layers_that_it_takes()
    {
        using var pass = Pass(channels: Widest.Input.Channels);
        var move = pass.MoveTo(Widest);
        var early = Task.Run(() => pass.LogitsOf(Candidate), Cancellation);
        Assert.NotSame(early, await Task.WhenAny(early, Task.Delay(50, Cancellation)));
        move();
        Assert.Equal(pass.LogitsFromScratch(Candidate), await early.WaitAsync(LongEnough, Cancellation));
    }

    [Fact]
    public async Task A_candidate_does_not_wait_for_a_layer_whose_network_failed()
    {
        using var pass = Pass(channels: Widest.Input.Channels + 1);
        var move = pass.MoveTo(Widest);
        var waiting = Task.Run(() => pass.LogitsOf(Candidate), Cancellation);
        var fault = Assert.ThrowsAny<Exception>(move);
        Assert.Same(fault, await Assert.ThrowsAnyAsync<Exception>(() => waiting.WaitAsync(LongEnough, Cancellation)));
    }

    [Fact]
    public void A_move_that_never_ran_is_begun_anew()
    {
        using var pass = Pass(channels: Widest.Input.Channels);
        pass.MoveTo(Widest);
        pass.MoveTo(Candidate)();
        Assert.Equal(pass.LogitsFromScratch(Candidate), pass.LogitsOf(Candidate));
    }

    private BasePass Pass(int channels) =>
        new(TinyTraining.Noise(8, channels, Widest.Input.Height, Widest.Input.Width), WeightSlices.Views(network.Weights));
}
