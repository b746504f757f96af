using AutoSlim.Profiling;

namespace AutoSlim.Host.Fleet;

/// <summary>Numbers the questions of one piece of work to one device: asked in the same order again, each gets the id that it had.</summary>
internal sealed class ProbeNumbering(string campaign, string device)
{
    private readonly Lock counting = new();
    private readonly Dictionary<string, int> asked = [];

    /// <param name="kind">Of the request.</param>
    /// <param name="request">As it goes over the wire.</param>
    public ProbeQuestion Next(ProbeKind kind, byte[] request)
    {
        var key = ContentHash.Of([(byte)kind, .. request]);
        lock (counting)
        {
            var occurrence = asked.GetValueOrDefault(key);
            asked[key] = occurrence + 1;
            return ProbeQuestion.Of(campaign, device, kind, request, occurrence);
        }
    }
}
