using AutoSlim.Networks;
using AutoSlim.Training.Data;
using static TorchSharp.torch;

namespace AutoSlim.Training.Supernets;

internal static class ImageTensor
{
    /// <summary>N x C x H x W, 32-bit.</summary>
    public static Tensor Of(ImageBatch batch, TensorShape image, Device device) =>
        tensor(batch.Pixels, device: device).view(batch.Count, image.Channels, image.Height, image.Width);

    /// <summary>N, whole numbers.</summary>
    public static Tensor Labels(ImageBatch batch, Device device) => tensor(batch.Labels, device: device);
}
