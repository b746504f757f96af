namespace AutoSlim.Training.Checkpoints;

/// <summary>A checkpoint that cannot be read or does not fit; the message names the file, and for everything wrong what it has and what was expected.</summary>
public sealed class CheckpointException(string message) : Exception(message);
