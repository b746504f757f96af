namespace AutoSlim.Training.Checkpoints;

/// <summary>A checkpoint that cannot be read; the message names the file, what it has and what was expected.</summary>
public sealed class CheckpointException(string message) : Exception(message);
