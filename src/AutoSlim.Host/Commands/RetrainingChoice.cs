using System.CommandLine;
using System.CommandLine.Parsing;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Host.Commands;

/// <summary>The options of <c>retrain</c> that say which networks are trained, from what, and what they learn.</summary>
internal sealed class RetrainingChoice
{
    private static readonly RetrainingOptions Defaults = new();

    private readonly Option<string> from = new("--from")
    {
        HelpName = "scratch|supernet",
        Description = "Where the weights come from: random, or the supernet's first channels.",
        DefaultValueFactory = _ => "scratch",
    };

    private readonly Option<bool> joint = new("--joint") { Description = "Train all together by one set of kernels, each with its own batch norm." };
    private readonly Option<string> distil = new("--distil")
    {
        HelpName = "none|inplace|supernet",
        Description = "What is learnt besides labels: with --joint the widest network's softmax, or the supernet's.",
        DefaultValueFactory = _ => "none",
    };

    private readonly Option<double> distilWeight = new("--distil-weight")
    {
        HelpName = "X",
        Description = "Part of the loss that the supernet's softmax makes.",
        DefaultValueFactory = _ => Defaults.DistilWeight,
    };

    private readonly Option<string[]> targets = RunOptions.Targets("Train");

    public void AddTo(Command verb)
    {
        foreach (var option in new Option[] { from, joint, distil, distilWeight, targets }) verb.Add(option);
        from.AcceptOnlyFromAmong("scratch", "supernet");
        distil.AcceptOnlyFromAmong("none", "inplace", "supernet");
        verb.Validators.Add(result => Ranges.Check(result, distilWeight, 0.01, 1.0));
        verb.Validators.Add(CheckTogether);
    }

    public IReadOnlyCollection<string> Targets(ParseResult parsed) => parsed.GetValue(targets) ?? [];

    /// <summary>Without the hash of a supernet.</summary>
    public RetrainingOptions Options(ParseResult parsed) => new()
    {
        From = Enum.Parse<WeightOrigin>(parsed.GetValue(from)!, ignoreCase: true),
        Joint = parsed.GetValue(joint),
        Distil = Enum.Parse<Distillation>(parsed.GetValue(distil)!, ignoreCase: true),
        DistilWeight = parsed.GetValue(distilWeight),
    };

    private void CheckTogether(CommandResult result)
    {
        var taught = result.GetResult(distil)?.Tokens is [var word] ? word.Value : "none";
        if (taught == "inplace" && !result.GetValue(joint))
            result.AddError("--distil inplace is between networks that are trained together; add --joint, or choose none or supernet");
        if (taught != "supernet" && result.GetResult(distilWeight) is { Implicit: false })
            result.AddError($"--distil-weight is that of the supernet's softmax, but --distil is {taught}; choose --distil supernet, or leave --distil-weight out");
    }
}
