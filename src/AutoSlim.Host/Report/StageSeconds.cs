namespace AutoSlim.Host.Report;

/// <summary>Wall-clock seconds of each stage of a demo run.</summary>
public sealed record StageSeconds(double Profile, double Train, double Slim, double Retrain, double Verify);
