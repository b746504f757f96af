using AutoSlim.Training.Scoring;

namespace AutoSlim.Training.Tests.Scoring;

public sealed class EvaluationTests
{
    [Fact]
    public void Loss_and_accuracy_are_those_computed_by_hand()
    {
        var score = Evaluation.Of([0, MathF.Log(3), 0, 0, MathF.Log(7), 0], [1, 0, 1], 2);
        Assert.Equal(2 / 3.0, score.Accuracy, 1e-12);
        Assert.Equal(-(Math.Log(3 / 4.0) + Math.Log(1 / 2.0) + Math.Log(1 / 8.0)) / 3, score.Loss, 1e-6);
    }
}
