namespace AutoSlim.Training.Optimisation;

/// <summary>What a final training learns besides the labels.</summary>
public enum Distillation
{
    None,

    /// <summary>Of networks that are trained together all but the widest learn its softmax, and not the labels.</summary>
    InPlace,

    /// <summary>The softmax of the supernet's widest network, which learns no more.</summary>
    Supernet,
}
