using AutoSlim.Host.Fleet;
using AutoSlim.Host.Serving.Api;
using AutoSlim.Profiling;

namespace AutoSlim.Benchmarks.Fleet;

/// <summary>One question as it goes to the host.</summary>
/// <param name="Id">In the ledger.</param>
/// <param name="Body">Of the request.</param>
internal sealed record AskedProbe(string Id, byte[] Body)
{
    private const int Models = 64;
    private const int ModelBytes = 16 << 10;

    private static readonly byte[][] Contents = [.. Enumerable.Range(0, Models).Select(model =>
    {
        var bytes = new byte[ModelBytes];
        new Random(model).NextBytes(bytes);
        return bytes;
    })];

    /// <summary>The same for the same campaign, device and number.</summary>
    public static AskedProbe Of(string campaign, string device, int number)
    {
        var model = Contents[number % Models];
        var request = ProbeQuestion.Write(new ProbeRequest($"probe {number}", ContentHash.Of(model), new()));
        var question = ProbeQuestion.Of(campaign, device, ProbeKind.Latency, request, 0);
        return new(question.Id, ProbeQuestion.Write(new RemoteProbe(question.Id, campaign, (int)question.Kind, request, model, SimulatedDevice.Description.Fingerprint)));
    }
}
