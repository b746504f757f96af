namespace AutoSlim.Host.Report;

/// <summary>The network after one slimming step.</summary>
/// <param name="Step">0 is the widest network.</param>
/// <param name="LatencyMilliseconds">Predicted.</param>
/// <param name="Loss">On held-out images.</param>
/// <param name="Group">The group that the step took channels from; empty for step 0.</param>
public sealed record ReportStep(int Step, double LatencyMilliseconds, double Loss, string Group);
