namespace AutoSlim.Profiling;

/// <summary>The element type of an image blob.</summary>
public enum ImageElement
{
    /// <summary>Little-endian IEEE single precision, handed to the model as it is.</summary>
    SinglePrecision = 0,

    /// <summary>One byte per value; a model with a float input gets it divided by 255.</summary>
    EightBit = 1,
}
