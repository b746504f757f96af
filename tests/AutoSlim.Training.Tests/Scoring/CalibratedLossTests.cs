using AutoSlim.Training.Scoring;
using CsCheck;

namespace AutoSlim.Training.Tests.Scoring;

public sealed class CalibratedLossTests
{
    /// <summary>Three of four images right, all equally sure: the best two-class model says 3/4.</summary>
    [Fact]
    public void Equally_sure_logits_come_to_the_entropy_of_their_accuracy()
    {
        float[] logits = [1, 0, 1, 0, 1, 0, 1, 0];
        Assert.Equal(-(0.75 * Math.Log(0.75) + 0.25 * Math.Log(0.25)), CalibratedLoss.Of(logits, [0, 0, 0, 1], 2), 1e-6);
    }

    [Theory]
    [InlineData(0.3f)]
    [InlineData(1)]
    [InlineData(4)]
    public void The_scale_of_the_logits_does_not_count(float scale)
    {
        float[] logits = [2, 0, -1, 0.5f, 1, 0, 0, 1, 2, 1, 2, 0.2f];
        long[] labels = [0, 1, 0, 1];
        var plain = CalibratedLoss.Of(logits, labels, 3);
        Assert.Equal(plain, CalibratedLoss.Of([.. logits.Select(logit => scale * logit)], labels, 3), 1e-5);
    }

    /// <summary>Within what the plain loss in single precision and the search for the scale leave open.</summary>
    [Fact]
    public void It_is_never_above_the_plain_loss_and_the_order_of_images_does_not_count() =>
        Gen.Select(Gen.Int[-800, 800].Select(hundredths => hundredths / 100f).Array[4 * 5], Gen.Long[0, 4].Array[4]).Sample((logits, labels) =>
        {
            var calibrated = CalibratedLoss.Of(logits, labels, 5);
            var plain = Evaluation.Of(logits, [.. labels.Select(label => (int)label)], 5).Loss;
            float[] reversed = [.. logits.Chunk(5).Reverse().SelectMany(image => image)];
            return double.IsFinite(calibrated) && calibrated <= plain + 1e-4 && Math.Abs(CalibratedLoss.Of(reversed, [.. labels.Reverse()], 5) - calibrated) < 1e-5;
        }, iter: 200, threads: 1);

    [Fact]
    public void Logits_that_say_nothing_cost_the_logarithm_of_the_classes() =>
        Assert.Equal(Math.Log(4), CalibratedLoss.Of(new float[8], [1, 3], 4), 1e-9);
}
