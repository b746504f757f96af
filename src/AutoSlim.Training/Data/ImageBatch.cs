namespace AutoSlim.Training.Data;

/// <summary>A batch ready for a network.</summary>
/// <param name="Pixels">Normalised; count x channels x height x width.</param>
/// <param name="Labels">One per image.</param>
public sealed record ImageBatch(float[] Pixels, long[] Labels)
{
    public int Count => Labels.Length;
}
