namespace AutoSlim.Training.Optimisation;

/// <summary>How a final training differs from one network's own, from scratch: a part of what its checkpoint is identified by.</summary>
public sealed record RetrainingOptions
{
    public WeightOrigin From { get; init; }

    /// <summary>Whether several networks are trained together, by one set of kernels ("Slimmable neural networks", Yu et al. 2019).</summary>
    public bool Joint { get; init; }

    public Distillation Distil { get; init; }

    /// <summary>Part of the loss that comes from the supernet's softmax, above 0 to 1; read with <see cref="Distillation.Supernet"/> only.</summary>
    public double DistilWeight { get; init; } = 0.5;

    /// <summary>SHA-256 of the supernet's file, null where the training uses none: another supernet makes another training.</summary>
    public string? Supernet { get; init; }

    /// <summary>Whether the training reads the supernet.</summary>
    public bool UsesSupernet => From == WeightOrigin.Supernet || Distil == Distillation.Supernet;

    /// <summary>Everything wrong with these options, one line each; empty when none.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (Distil == Distillation.InPlace && !Joint)
            problems.Add("in-place distillation is between networks that are trained together; train them jointly or distil from the supernet");
        if (!(DistilWeight is > 0 and <= 1)) problems.Add($"distillation weight is {DistilWeight}, expected above 0 and at most 1");
        return problems;
    }
}
