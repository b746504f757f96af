using System.Collections.Concurrent;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Fleet;
using AutoSlim.Profiling;
using MessagePack;

namespace AutoSlim.Host.Serving.Api;

/// <summary>What verbs with <c>--server</c> ask of devices through this host. A question goes on when the asker is cut off: asked again, its answer is there.</summary>
internal sealed class MeasuringApi(DeviceRegistry devices, DeviceRoster roster)
{
    private const string MessagePackType = "application/x-msgpack";

    private readonly ConcurrentDictionary<(string Device, string Probe), Lazy<Task<byte[]>>> open = [];

    public static void Map(IEndpointRouteBuilder operators)
    {
        operators.MapPost("/devices/{name}/probes", (string name, HttpRequest request, MeasuringApi api) => api.ProbeAsync(name, request)).WithSummary("Asks a device one probe: a MessagePack body, for autoslim's own verbs.");
        operators.MapPost("/devices/{name}/evaluations", (string name, HttpRequest request, MeasuringApi api) => api.EvaluateAsync(name, request)).WithSummary("Has a device classify images: a MessagePack body, for autoslim's own verbs.");
    }

    private async Task<IResult> ProbeAsync(string name, HttpRequest request)
    {
        if (!roster.IsEnrolled(name)) return NoDevice(name);
        if (await ReadAsync<RemoteProbe>(request) is not RemoteProbe probe) return Refusal.Wrong(["the body is no probe"]);
        if (probe.Problem() is string problem) return Refusal.Wrong([problem]);
        var question = probe.Question();
        var asking = open.GetOrAdd((name, question.Id), _ => new(() => AskAsync(name, question, probe.Model)));
        try
        {
            return Results.Bytes(await asking.Value.WaitAsync(request.HttpContext.RequestAborted), MessagePackType);
        }
        catch (DeviceException failure)
        {
            return Refusal.DeviceFailed(failure.Message);
        }
        catch (ArgumentException other)
        {
            return Refusal.Wrong([other.Message]);
        }
    }

    private async Task<byte[]> AskAsync(string name, ProbeQuestion question, byte[] model)
    {
        try
        {
            return await devices.Of(name).AskAsync(question, model, CancellationToken.None);
        }
        finally
        {
            open.TryRemove((name, question.Id), out _);
        }
    }

    private async Task<IResult> EvaluateAsync(string name, HttpRequest request)
    {
        if (!roster.IsEnrolled(name)) return NoDevice(name);
        if (await ReadAsync<RemoteEvaluation>(request) is not RemoteEvaluation evaluation) return Refusal.Wrong(["the body is no evaluation"]);
        if (evaluation.Problem() is string problem) return Refusal.Wrong([problem]);
        try
        {
            var result = await devices.Of(name).EvaluateAsync(evaluation.Model, evaluation.Images, evaluation.Request, request.HttpContext.RequestAborted);
            return Results.Bytes(ProbeQuestion.Write(result), MessagePackType);
        }
        catch (DeviceException failure)
        {
            return Refusal.DeviceFailed(failure.Message);
        }
    }

    private static IResult NoDevice(string name) => Refusal.NotFound($"no device '{name}' is enrolled; make its one-time token with: autoslim enroll {name}");

    private static async Task<T?> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        try
        {
            return await MessagePackSerializer.DeserializeAsync<T>(request.Body, WireFormat.Options, request.HttpContext.RequestAborted);
        }
        catch (MessagePackSerializationException)
        {
            return null;
        }
    }
}
