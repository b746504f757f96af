namespace AutoSlim.Training.Checkpoints;

/// <summary>Element types that are read, by their names in the format. Checkpoints are written in the first.</summary>
public enum ElementType
{
    /// <summary>32-bit floating point.</summary>
    F32,

    /// <summary>64-bit signed whole number.</summary>
    I64,

    /// <summary>16-bit floating point of IEEE 754.</summary>
    F16,

    /// <summary>The upper half of a 32-bit floating point number.</summary>
    BF16,
}
