namespace AutoSlim.Benchmarks.Tables;

/// <summary>How well the latency of networks that calibrated nothing is predicted; per cent of the measured time.</summary>
/// <param name="Network">As the catalogue names it.</param>
/// <param name="N">Networks drawn.</param>
/// <param name="MeanErrorPercent">Of the table with its calibration.</param>
/// <param name="WorstErrorPercent">Of the same.</param>
/// <param name="Within10Percent">Share of the networks, per cent.</param>
/// <param name="BoundPercent">What the calibration states as its error bound.</param>
/// <param name="CoveragePercent">Share of the networks that keep the bound.</param>
/// <param name="SumErrorPercent">Mean error of lone operators added up.</param>
/// <param name="ScaleErrorPercent">Mean error of the table's sum times a factor.</param>
/// <param name="MacsErrorPercent">Mean error of multiply-adds times a factor.</param>
/// <param name="FastestMilliseconds">Of the networks drawn.</param>
/// <param name="SlowestMilliseconds">Of the networks drawn.</param>
/// <param name="Probes">Entries of the table so far.</param>
/// <param name="DeviceMinutes">That its part of the table took, calibration included; the networks share one table.</param>
internal sealed record NetworkRow(
    string Network, int N, double MeanErrorPercent, double WorstErrorPercent, double Within10Percent, double BoundPercent, double CoveragePercent,
    double SumErrorPercent, double ScaleErrorPercent, double MacsErrorPercent, double FastestMilliseconds, double SlowestMilliseconds, int Probes, double DeviceMinutes);
