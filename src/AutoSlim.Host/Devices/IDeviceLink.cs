using AutoSlim.Profiling;

namespace AutoSlim.Host.Devices;

/// <summary>Carries questions to a device: over the hub of this process, or through a host elsewhere. Asks one thing after another.</summary>
internal interface IDeviceLink
{
    bool IsConnected { get; }

    /// <exception cref="DeviceException">The device has never connected.</exception>
    DeviceDescription Description { get; }

    /// <summary>The same device, which answers nothing by what it measured for the same work before a restart.</summary>
    IDeviceLink Afresh();

    /// <exception cref="DeviceException">The device is gone or silent.</exception>
    Task<ProbeResult> MeasureAsync(byte[] model, ProbeRequest request, CancellationToken cancellation);

    /// <exception cref="DeviceException">The device is gone or silent.</exception>
    Task<MemoryResult> MeasureMemoryAsync(byte[] model, MemoryRequest request, CancellationToken cancellation);

    /// <returns>As it came: whoever asked judges it.</returns>
    /// <exception cref="DeviceException">The device is gone or silent.</exception>
    Task<EvaluationResult?> EvaluateAsync(byte[] model, byte[] images, EvaluationRequest request, CancellationToken cancellation);
}
