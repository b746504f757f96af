namespace AutoSlim.Host.Terminal;

/// <summary>What a progress display shows of a stage.</summary>
internal sealed record Stage(string Name, long TotalSteps, string Unit)
{
    /// <summary><c>812 images/s</c>; with a decimal where whole numbers would hide the change.</summary>
    public string Rate(double stepsPerSecond) => stepsPerSecond < 10 ? $"{stepsPerSecond:0.0} {Unit}/s" : $"{stepsPerSecond:N0} {Unit}/s";
}
