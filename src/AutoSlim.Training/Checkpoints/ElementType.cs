namespace AutoSlim.Training.Checkpoints;

/// <summary>Element types that checkpoints use, by their names in the format.</summary>
public enum ElementType
{
    /// <summary>32-bit floating point.</summary>
    F32,

    /// <summary>64-bit signed whole number.</summary>
    I64,
}
