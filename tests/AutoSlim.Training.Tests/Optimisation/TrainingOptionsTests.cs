using AutoSlim.Training.Optimisation;

namespace AutoSlim.Training.Tests.Optimisation;

public sealed class TrainingOptionsTests
{
    [Fact]
    public void The_defaults_are_in_order() => Assert.Empty(new TrainingOptions().Problems());

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        var options = new TrainingOptions
        {
            Epochs = 0,
            BatchSize = 1,
            LearningRate = 11,
            WarmUpFraction = 1,
            Momentum = -1,
            WeightDecay = 1,
            LabelSmoothing = -0.1,
            MaximumGradientNorm = 0,
        };
        Assert.Equal(
            [
                "epochs is 0, expected at least 1",
                "batch size is 1, expected at least 2: batch norm needs a variance",
                "learning rate is 11, expected above 0 and at most 10",
                "warm-up fraction is 1, expected 0 to below 1",
                "momentum is -1, expected 0 to below 1",
                "weight decay is 1, expected 0 to below 1",
                "label smoothing is -0.1, expected 0 to below 1",
                "maximum gradient norm is 0, expected a number above 0",
            ],
            options.Problems());
    }

    [Fact]
    public void What_is_no_number_is_a_problem()
    {
        var options = new TrainingOptions
        {
            LearningRate = double.NaN,
            WarmUpFraction = double.NaN,
            Momentum = double.NaN,
            WeightDecay = double.NaN,
            LabelSmoothing = double.NaN,
            MaximumGradientNorm = double.NaN,
        };
        Assert.Equal(6, options.Problems().Count);
    }
}
