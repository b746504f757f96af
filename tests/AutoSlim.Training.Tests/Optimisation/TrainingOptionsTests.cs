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
            Accumulate = 0,
            RandomMembers = 0,
            LearningRate = 11,
            Schedule = (ScheduleKind)9,
            WarmUpFraction = 1,
            Milestones = new(0.6, 0.3),
            MilestoneFactor = 0,
            Optimizer = (OptimizerKind)9,
            Momentum = -1,
            WeightDecay = 1,
            LabelSmoothing = -0.1,
            MaximumGradientNorm = -1,
            AverageDecay = 1,
        };
        Assert.Equal(
            [
                "epochs is 0, expected 1 to 100000",
                "batch size is 1, expected 2 to 65536: batch norm needs a variance",
                "accumulate is 0, expected 1 to 65536",
                "random members are 0, expected 1 to 64",
                "learning rate is 11, expected above 0 and at most 10",
                "schedule is 9, expected one of linear, cosine, step, constant",
                "warm-up fraction is 1, expected 0 to below 1",
                "milestones are 0.6,0.3, expected rising fractions of all steps between 0 and 1, such as 0.3,0.6,0.9",
                "gamma is 0, expected above 0 and at most 1",
                "optimizer is 9, expected one of sgd, adamw, rmsprop",
                "momentum is -1, expected 0 to below 1",
                "weight decay is 1, expected 0 to below 1",
                "label smoothing is -0.1, expected 0 to below 1",
                "maximum gradient norm is -1, expected a number above 0, or 0 for no limit",
                "ema decay is 1, expected 0 (none) to below 1",
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
            Milestones = new(double.NaN),
            MilestoneFactor = double.NaN,
            AverageDecay = double.NaN,
        };
        Assert.Equal(9, options.Problems().Count);
    }
}
