using AutoSlim.Host.Fleet;
using AutoSlim.Profiling;
using MessagePack;

namespace AutoSlim.Host.Serving.Api;

/// <summary>One question of a verb elsewhere, to the device of a fingerprint: one that has changed since is not to answer it.</summary>
[MessagePackObject]
public sealed record RemoteProbe(
    [property: Key(0)] string Id,
    [property: Key(1)] string Campaign,
    [property: Key(2)] int Kind,
    [property: Key(3)] byte[] Request,
    [property: Key(4)] byte[] Model,
    [property: Key(5)] string Fingerprint)
{
    private const int MaximumCampaignLength = 200;

    /// <summary>What is wrong with a question that came over the wire, or null.</summary>
    public string? Problem()
    {
        if (Campaign is not { Length: > 0 and <= MaximumCampaignLength }) return "the campaign is missing or too long";
        if (Model is null || Request is null) return "the model or the request is missing";
        if (string.IsNullOrEmpty(Fingerprint)) return "the device's fingerprint is missing: host and verb are of different releases";
        if (!Enum.IsDefined((ProbeKind)Kind)) return $"kind {Kind} is unknown";
        try
        {
            var question = Question();
            return question.Problem() ?? (question.ModelSha256 == ContentHash.Of(Model) ? null : "the model is not the one of the request");
        }
        catch (MessagePackSerializationException)
        {
            return "the request cannot be read";
        }
    }

    internal ProbeQuestion Question() => new(Id, Campaign, (ProbeKind)Kind, Request) { Fingerprint = Fingerprint };
}
