using AutoSlim.Profiling;
using MessagePack;

namespace AutoSlim.Host.Serving.Api;

/// <summary>Images of a verb elsewhere.</summary>
[MessagePackObject]
public sealed record RemoteEvaluation(
    [property: Key(0)] EvaluationRequest Request,
    [property: Key(1)] byte[] Model,
    [property: Key(2)] byte[] Images)
{
    /// <summary>What is wrong with a question that came over the wire, or null.</summary>
    public string? Problem()
    {
        if (Request is null || Model is null || Images is null) return "the request, the model or the images are missing";
        if (Request.Problem() is string problem) return problem;
        return Request.ModelSha256 == ContentHash.Of(Model) && Request.ImagesSha256 == ContentHash.Of(Images) ? null : "the model or the images are not those of the request";
    }
}
