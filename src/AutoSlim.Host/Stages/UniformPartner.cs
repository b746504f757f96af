namespace AutoSlim.Host.Stages;

/// <summary>The uniform network that a target is compared with.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Width">Width multiplier.</param>
/// <param name="Folder">Name of its folder in the run; two targets may share one.</param>
public sealed record UniformPartner(string Target, double Width, string Folder);
