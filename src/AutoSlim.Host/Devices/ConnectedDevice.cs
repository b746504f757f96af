using AutoSlim.Profiling;

namespace AutoSlim.Host.Devices;

/// <summary>A device by its name, and what may be asked of it. Requests are asked one after another; one that a lost agent leaves open is asked again when the agent is back.</summary>
public sealed class ConnectedDevice
{
    private const double EvaluationMilliseconds = 30 * 60e3;
    private const double MemoryMilliseconds = 120e3;

    private readonly IDeviceLink link;

    internal ConnectedDevice(string name, IDeviceLink link)
    {
        (Name, Agent, this.link) = (name, name, link);
        Members = [this];
    }

    /// <summary>Whose cost table it measures for.</summary>
    public string Name { get; }

    /// <summary>The device itself: other than the name where equal devices share a table.</summary>
    internal string Agent { get; init; }

    /// <summary>Equal devices that share the work, this one first.</summary>
    internal IReadOnlyList<ConnectedDevice> Members { get; private set; }

    /// <summary>The first of some equal devices, which shares the work with the others.</summary>
    internal static ConnectedDevice FirstOf(IReadOnlyList<ConnectedDevice> members)
    {
        members[0].Members = members;
        return members[0];
    }

    public bool IsConnected => link.IsConnected;

    /// <exception cref="DeviceException">The device has never connected.</exception>
    public DeviceDescription Description => link.Description;

    /// <summary>Over all that was measured since the host started.</summary>
    internal ConditionsSeen Conditions { get; private init; } = new();

    /// <summary>Of the pauses before the device is asked again.</summary>
    internal TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Takes what a person should know while the device measures, one line at a time.</summary>
    internal Action<string> Tell { get; set; } = _ => { };

    /// <summary>The same device for questions about how it is now: after a restart what it said before answers none of them.</summary>
    internal ConnectedDevice Afresh() => new(Name, link.Afresh()) { Agent = Agent, Conditions = Conditions, Time = Time, Tell = Tell };

    /// <summary>Times one model.</summary>
    /// <param name="model">The ONNX file's bytes.</param>
    /// <param name="entry">What the model stands for.</param>
    /// <exception cref="ArgumentException">The plan cannot be followed.</exception>
    /// <exception cref="DeviceException">The device is gone or silent. What the device itself reports is in the result.</exception>
    public async Task<ProbeResult> MeasureAsync(byte[] model, string entry, MeasurementPlan plan, CancellationToken cancellation)
    {
        var request = new ProbeRequest(entry, ContentHash.Of(model), plan);
        if (request.Problem() is string problem) throw new ArgumentException(problem, nameof(plan));
        var result = await link.MeasureAsync(model, request, cancellation);
        if (result.Problem(plan) is string refusal) return ProbeResult.Failed($"the answer of device '{Name}' was refused: {refusal}");
        if (Conditions.Add(result.Conditions) is string warning) Tell($"device '{Name}': {warning}");
        return result;
    }

    /// <summary>Measures what memory one model takes while it runs, in a process of its own.</summary>
    /// <param name="model">The ONNX file's bytes.</param>
    /// <param name="entry">What the model stands for.</param>
    /// <param name="runs">Over which the peak is taken, 1 to 1,000.</param>
    /// <exception cref="ArgumentException">The runs are out of range, or the entry has no name.</exception>
    /// <exception cref="DeviceException">The device is gone or silent. What the device itself reports is in the result.</exception>
    public async Task<MemoryResult> MeasureMemoryAsync(byte[] model, string entry, int runs, CancellationToken cancellation)
    {
        var request = new MemoryRequest(entry, ContentHash.Of(model), runs, MemoryMilliseconds);
        if (request.Problem() is string problem) throw new ArgumentException(problem, nameof(runs));
        var result = await link.MeasureMemoryAsync(model, request, cancellation);
        return result.Problem() is string refusal ? MemoryResult.Failed($"the answer of device '{Name}' was refused: {refusal}") : result;
    }

    /// <summary>Runs one model over images.</summary>
    /// <param name="model">The ONNX file's bytes.</param>
    /// <exception cref="DeviceException">The device is gone or silent. What the device itself reports is in the result.</exception>
    public async Task<EvaluationResult> EvaluateAsync(byte[] model, ImageBatch images, CancellationToken cancellation)
    {
        var request = new EvaluationRequest(
            ContentHash.Of(model), ContentHash.Of(images.Bytes), images.Element, images.Count, images.Channels, images.Height, images.Width, EvaluationMilliseconds);
        if (request.Problem() is string problem) throw new ArgumentException(problem, nameof(images));
        var result = await link.EvaluateAsync(model, images.Bytes, request, cancellation);
        var refusal = result is null ? "it is empty" : result.Problem(images.Count);
        return refusal is null ? result! : EvaluationResult.Failed($"the answer of device '{Name}' was refused: {refusal}");
    }
}
