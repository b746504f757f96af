namespace AutoSlim.Training.Supernets;

/// <summary>How exactly convolutions and linear layers of a training compute.</summary>
public enum Precision
{
#pragma warning disable CA1720 // The format's own name.
    /// <summary>32-bit throughout.</summary>
    Float32,
#pragma warning restore CA1720

    /// <summary>
    /// Both factors of each product are rounded to bfloat16 (8 bits of mantissa, the range of 32-bit, so that no loss needs scaling). For
    /// GPUs that multiply them in hardware; processors mostly emulate them, many times slower.
    /// </summary>
    Bfloat16,
}
