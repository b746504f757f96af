namespace AutoSlim.Training.Checkpoints;

/// <summary>A tensor as the header describes it; offsets count from the start of the data.</summary>
internal sealed record TensorEntry(string Name, ElementType Type, IReadOnlyList<long> Shape, long Begin, long End);
