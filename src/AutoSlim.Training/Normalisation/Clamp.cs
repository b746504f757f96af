using AutoSlim.Networks;

namespace AutoSlim.Training.Normalisation;

/// <summary>An activation that cuts off below and above and leaves alone what lies between.</summary>
internal readonly record struct Clamp(float Low, float High)
{
    /// <summary>Null for one that is no clamp.</summary>
    public static Clamp? Of(Activation activation) => activation switch
    {
        Activation.None => new(float.NegativeInfinity, float.PositiveInfinity),
        Activation.Relu => new(0, float.PositiveInfinity),
        Activation.Relu6 => new(0, 6),
        _ => null,
    };
}
