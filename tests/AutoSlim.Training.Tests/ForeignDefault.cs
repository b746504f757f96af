using static TorchSharp.torch;

namespace AutoSlim.Training.Tests;

/// <summary>
/// As long as it lives, a tensor that is made without naming a device lands on torch's <c>meta</c> device, which computes nothing and
/// mixes with no other: on a machine without a GPU it shows what would be left behind on the processor on one that has one.
/// </summary>
internal sealed class ForeignDefault : IDisposable
{
    public ForeignDefault() => set_default_device(Meta);

    public static Device Meta { get; } = new("meta");

    public void Dispose() => set_default_device(CPU);
}
