using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Fleet;
using AutoSlim.Host.Serving.Api;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Remote;

/// <summary>A device of a host elsewhere. Asked again, by the same work, it answers what it answered before.</summary>
internal sealed class ServerDevice(HostClient host, string agent, DeviceDescription description, string campaign) : IDeviceLink
{
    /// <summary>What the device answered before it changed answers nothing now.</summary>
    private readonly ProbeNumbering numbering = new(campaign, $"{agent} {description.Fingerprint}");

    public bool IsConnected => true;

    public DeviceDescription Description => description;

    public IDeviceLink Afresh() => new ServerDevice(host, agent, description, $"{campaign}afresh {Guid.NewGuid():N};");

    public async Task<ProbeResult> MeasureAsync(byte[] model, ProbeRequest request, CancellationToken cancellation) =>
        ProbeQuestion.Read<ProbeResult>(await AskAsync(numbering.Next(ProbeKind.Latency, ProbeQuestion.Write(request)), model, cancellation));

    public async Task<MemoryResult> MeasureMemoryAsync(byte[] model, MemoryRequest request, CancellationToken cancellation) =>
        ProbeQuestion.Read<MemoryResult>(await AskAsync(numbering.Next(ProbeKind.Memory, ProbeQuestion.Write(request)), model, cancellation));

    public async Task<EvaluationResult?> EvaluateAsync(byte[] model, byte[] images, EvaluationRequest request, CancellationToken cancellation) =>
        ProbeQuestion.Read<EvaluationResult?>(await SendAsync("evaluations", ProbeQuestion.Write(new RemoteEvaluation(request, model, images)), cancellation));

    private Task<byte[]> AskAsync(ProbeQuestion question, byte[] model, CancellationToken cancellation) => SendAsync(
        "probes", ProbeQuestion.Write(new RemoteProbe(question.Id, question.Campaign, (int)question.Kind, question.Request, model, description.Fingerprint)), cancellation);

    private async Task<byte[]> SendAsync(string what, byte[] message, CancellationToken cancellation)
    {
        try
        {
            return await host.AskAsync($"api/devices/{agent}/{what}", message, cancellation);
        }
        catch (CommandFailedException failure)
        {
            throw new DeviceException(failure.Message, failure);
        }
    }
}
