namespace AutoSlim.Networks;

/// <summary>One block of MobileNet v3: expansion, depthwise convolution, perhaps squeeze and excitation, projection.</summary>
/// <param name="Kernel">Of the depthwise convolution.</param>
/// <param name="Expanded">Channels at 1.0x; equal to the input's where the block has no expansion.</param>
/// <param name="Channels">Output at 1.0x.</param>
/// <param name="Excited">With squeeze and excitation.</param>
/// <param name="Activation">Of expansion and depthwise convolution.</param>
/// <param name="Stride">Of the depthwise convolution.</param>
internal sealed record MobileNetV3Block(int Kernel, int Expanded, int Channels, bool Excited, Activation Activation, int Stride);
