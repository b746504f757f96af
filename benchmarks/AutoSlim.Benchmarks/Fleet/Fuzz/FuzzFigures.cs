namespace AutoSlim.Benchmarks.Fleet.Fuzz;

/// <summary>What the fuzz trial found.</summary>
/// <param name="Frames">Messages and requests that were sent.</param>
/// <param name="Seconds">That it took.</param>
/// <param name="Crashes">Of the host.</param>
/// <param name="Granted">Requests that were not refused, and kinds of rows that there are more of since.</param>
/// <param name="Faults">Answers 500 and above.</param>
/// <param name="Closed">Connections that the hub ended before the message that has no form.</param>
/// <param name="EarlyMegabytes">Resident when a tenth was sent.</param>
/// <param name="LateMegabytes">Resident at the end.</param>
internal sealed record FuzzFigures(int Frames, double Seconds, int Crashes, int Granted, int Faults, int Closed, double EarlyMegabytes, double LateMegabytes);
