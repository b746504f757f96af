using AutoSlim.Host.Fleet;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Serving.Api;

/// <summary>An answered probe, for people.</summary>
/// <param name="Entry">What was measured.</param>
/// <param name="AnsweredAt">When the answer came.</param>
/// <param name="Status">What became of it.</param>
/// <param name="MedianMicroseconds">Of a latency.</param>
/// <param name="PeakBytes">Of a memory.</param>
/// <param name="Reason">Why there is neither.</param>
internal sealed record ProbeView(string Entry, DateTimeOffset AnsweredAt, string Status, double? MedianMicroseconds, long? PeakBytes, string? Reason)
{
    public static ProbeView Of(AnsweredProbe probe)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(probe.AnsweredMilliseconds);
        if ((ProbeKind)probe.Kind == ProbeKind.Memory)
        {
            var memory = ProbeQuestion.Read<MemoryResult>(probe.Result);
            return new(probe.Entry, at, $"{memory.Status}", null, memory.Status == ProbeStatus.Ok ? memory.PeakBytes : null, memory.Reason);
        }

        var latency = ProbeQuestion.Read<ProbeResult>(probe.Result);
        double? median = latency.SamplesMicroseconds.Count > 0 ? SampleStatistics.Of(latency.SamplesMicroseconds).MedianMicroseconds : null;
        return new(probe.Entry, at, $"{latency.Status}", median, null, latency.Reason);
    }
}
