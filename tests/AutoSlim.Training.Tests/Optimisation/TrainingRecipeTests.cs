using AutoSlim.Training.Data;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Training.Tests.Optimisation;

public sealed class TrainingRecipeTests
{
    private static readonly TrainingOptions Other = new() { Seed = 7, Augment = AugmentationKind.None, Precision = Precision.Bfloat16, Epochs = 2, AverageDecay = 0.9, Optimizer = OptimizerKind.AdamW, StartResidualsAtZero = true, RandomMembers = 5 };

    [Fact]
    public void Recipes_are_in_order_and_keep_seed_augmentation_precision_and_random_members() => Assert.All(TrainingRecipe.All, recipe =>
    {
        var options = recipe.Over(Other);
        Assert.Empty(options.Problems());
        Assert.Equal((7UL, AugmentationKind.None, Precision.Bfloat16, 5), (options.Seed, options.Augment, options.Precision, options.RandomMembers));
    });

    /// <summary>The paper's section 4.1 and its repository.</summary>
    [Theory]
    [InlineData("paper-supernet", 50, 2048, 0.5, ScheduleKind.Linear)]
    [InlineData("paper-mobile", 300, 2048, 0.5, ScheduleKind.Linear)]
    [InlineData("paper-resnet", 100, 256, 0.1, ScheduleKind.Step)]
    public void They_are_the_papers(string name, int epochs, int batchSize, double learningRate, ScheduleKind schedule)
    {
        var options = TrainingRecipe.All.Single(recipe => recipe.Name == name).Over(Other);
        Assert.Equal((epochs, batchSize, learningRate, schedule), (options.Epochs, options.BatchSize, options.LearningRate, options.Schedule));
        Assert.Equal((OptimizerKind.Sgd, 0.9, 1e-4, 0.1), (options.Optimizer, options.Momentum, options.WeightDecay, options.LabelSmoothing));
        Assert.Equal((0.0, 0.0, 0.0, false), (options.WarmUpFraction, options.MaximumGradientNorm, options.AverageDecay, options.StartResidualsAtZero));
    }
}
