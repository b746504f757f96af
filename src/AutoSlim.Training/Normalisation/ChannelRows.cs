using System.Numerics;
using static TorchSharp.torch;

namespace AutoSlim.Training.Normalisation;

/// <summary>
/// A 32-bit tensor on the processor as the channels-last layout stores it: a row of channels for each pixel of each image. It points
/// into the tensor's memory, which must outlive it.
/// </summary>
internal readonly unsafe struct ChannelRows
{
    private readonly float* first;

    /// <param name="tensor">N x C x H x W, channels last without gaps: see <see cref="Fit"/>.</param>
    public ChannelRows(Tensor tensor)
    {
        using var stored = tensor.permute(0, 2, 3, 1);
        Channels = (int)tensor.shape[1];
        first = Values(stored);
        Count = (int)(tensor.numel() / Channels);
    }

    /// <summary>Images times pixels.</summary>
    public int Count { get; }

    public int Channels { get; }

    /// <summary>Whether a tensor is stored so, its rows whole vectors, and no larger than a span (2 GB).</summary>
    public static bool Fit(Tensor tensor)
    {
        if (tensor.dim() != 4 || tensor.dtype != ScalarType.Float32 || tensor.device_type != TorchSharp.DeviceType.CPU) return false;
        using var stored = tensor.permute(0, 2, 3, 1);
        return stored.is_contiguous() && tensor.shape[1] % Vector<float>.Count == 0 && tensor.numel() <= int.MaxValue / sizeof(float);
    }

    public float* Row(int index) => first + (long)index * Channels;

    /// <summary>The numbers of a contiguous tensor.</summary>
    public static float* Values(Tensor tensor)
    {
        fixed (byte* bytes = tensor.bytes) return (float*)bytes;
    }
}
