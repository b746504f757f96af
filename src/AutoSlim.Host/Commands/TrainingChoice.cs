using System.CommandLine;
using System.CommandLine.Parsing;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Host.Commands;

/// <summary>The options that say how a network is trained, of <c>train</c> and <c>retrain</c>. What is not said stays as it was.</summary>
internal sealed class TrainingChoice
{
    private const string Milestones = "--milestones";
    private const string Gamma = "--gamma";

    private readonly TrainingOptions start;
    private readonly IReadOnlyList<TrainingOption> options;

    /// <param name="defaults">What the options change and help tells; null where that is up to the run.</param>
    public TrainingChoice(TrainingOptions? defaults = null)
    {
        start = defaults ?? new();
        string By(Func<TrainingOptions, FormattableString> told) => defaults is null ? "" : $" Default: {FormattableString.Invariant(told(defaults))}.";

        // The recipe first: the others override it.
        options =
        [
            TrainingOption.Choice("--recipe", "NAME", $"A published training, which the options below override: {Recipes()}.", TrainingRecipe.All.ToDictionary(recipe => recipe.Name), (all, recipe) => recipe.Over(all)),
            TrainingOption.Whole("--epochs", "N", $"Passes over the training images.{By(all => $"{all.Epochs}")}", (all, value) => all with { Epochs = value }),
            TrainingOption.Whole("--batch-size", "N", $"Images a batch.{By(all => $"{all.BatchSize}")}", (all, value) => all with { BatchSize = value }),
            TrainingOption.Whole("--accumulate", "N", $"Batches whose gradients are averaged to one step.{By(all => $"{all.Accumulate}")}", (all, value) => all with { Accumulate = value }),
            TrainingOption.Word<OptimizerKind>("--optimizer", $"sgd is with Nesterov momentum.{By(all => $"{Word(all.Optimizer)}")}", (all, value) => all with { Optimizer = value }),
            TrainingOption.Number("--learning-rate", "X", $"Its peak, after the warm-up.{By(all => $"{all.LearningRate}")}", (all, value) => all with { LearningRate = value }),
            TrainingOption.Word<ScheduleKind>("--schedule", $"How the learning rate goes on from its peak.{By(all => $"{Word(all.Schedule)}")}", (all, value) => all with { Schedule = value }),
            TrainingOption.Number("--warm-up", "FRACTION", $"Part of all steps over which the learning rate rises.{By(all => $"{all.WarmUpFraction}")}", (all, value) => all with { WarmUpFraction = value }),
            TrainingOption.Fractions(Milestones, "FRACTIONS", $"When the learning rate of --schedule step falls, in parts of all steps.{By(all => $"{all.Milestones}")}", (all, value) => all with { Milestones = value }),
            TrainingOption.Number(Gamma, "X", $"By what it is multiplied then.{By(all => $"{all.MilestoneFactor}")}", (all, value) => all with { MilestoneFactor = value }),
            TrainingOption.Number("--momentum", "X", $"Of adamw its first beta.{By(all => $"{all.Momentum}")}", (all, value) => all with { Momentum = value }),
            TrainingOption.Number("--weight-decay", "X", $"On dense convolution and classifier weights.{By(all => $"{all.WeightDecay}")}", (all, value) => all with { WeightDecay = value }),
            TrainingOption.Number("--label-smoothing", "X", $"Probability moved from the label to all classes.{By(all => $"{all.LabelSmoothing}")}", (all, value) => all with { LabelSmoothing = value }),
            TrainingOption.Number("--max-gradient-norm", "X", $"Larger gradients are scaled down; 0 for no limit.{By(all => $"{all.MaximumGradientNorm}")}", (all, value) => all with { MaximumGradientNorm = value }),
            TrainingOption.Number("--ema", "DECAY", $"Ends with the moving average of the weights, such as 0.999; 0 for none.{By(all => $"{all.AverageDecay}")}", (all, value) => all with { AverageDecay = value }),
        ];
    }

    /// <summary>Adds the options, and a check of all that can be told without the run.</summary>
    public void AddTo(Command verb)
    {
        foreach (var option in options) verb.Add(option.Option);
        verb.Validators.Add(result =>
        {
            foreach (var problem in Read(result, start).Problems) result.AddError(problem);
        });
    }

    /// <summary>What <paramref name="other"/> becomes by the command line.</summary>
    /// <exception cref="UsageException">Options that do not go together, or values out of range; every problem.</exception>
    public TrainingOptions Over(ParseResult parsed, TrainingOptions other)
    {
        var (chosen, problems) = Read(parsed.CommandResult, other);
        foreach (var name in new[] { Milestones, Gamma })
            if (chosen.Schedule != ScheduleKind.Step && Text(parsed.CommandResult, options.Single(option => option.Option.Name == name)) is not null)
                problems.Add($"{name} is that of a stepwise schedule, but the schedule is {Word(chosen.Schedule)}; add --schedule step, or leave {name} out");
        return problems.Count == 0 ? chosen : throw new UsageException(problems);
    }

    private (TrainingOptions Options, List<string> Problems) Read(CommandResult result, TrainingOptions other)
    {
        var problems = new List<string>();
        var chosen = options.Aggregate(other, (all, option) => option.Over(all, Text(result, option), problems));
        return (chosen, [.. problems, .. chosen.Problems()]);
    }

    private static string? Text(CommandResult result, TrainingOption option) => result.GetResult(option.Option)?.Tokens is [var token] ? token.Value : null;

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Recipes() => string.Join("; ", TrainingRecipe.All.Select(recipe => $"{recipe.Name} ({recipe.Summary})"));
}
