namespace AutoSlim.Networks;

/// <summary>
/// One fused layer of a network: a node of the graph that the counter, the cost tables, the torch module and the ONNX writer all read.
/// </summary>
/// <param name="Name">Unique within the network; the prefix of its weights' names.</param>
/// <param name="Inputs">Names of the layers it reads; <see cref="NetworkDefinition.InputName"/> is the image.</param>
public abstract record Layer(string Name, params IReadOnlyList<string> Inputs);

/// <summary>Dense convolution without bias, then batch norm, then the activation.</summary>
public sealed record Convolution(string Name, string Input, ChannelCount Output, int Kernel, int Stride, Activation Activation)
    : Layer(Name, Input)
{
    public int Padding => Kernel / 2;
}

/// <summary>Depthwise convolution (as many groups as channels) without bias, then batch norm, then the activation.</summary>
public sealed record DepthwiseConvolution(string Name, string Input, int Kernel, int Stride, Activation Activation)
    : Layer(Name, Input)
{
    public int Padding => Kernel / 2;
}

/// <summary>Elementwise sum of two equal shapes, then the activation. A residual exists because the architecture has it, never because two widths happen to be equal.</summary>
public sealed record Addition(string Name, string Left, string Right, Activation Activation) : Layer(Name, Left, Right);

/// <summary>
/// Fully connected layer with bias, then the activation, between maps of one pixel: a 1x1 convolution without batch norm, as
/// squeeze-and-excitation has (Hu et al. 2018).
/// </summary>
public sealed record BiasedPointwise(string Name, string Input, ChannelCount Output, Activation Activation) : Layer(Name, Input);

/// <summary>Every channel of a map times one number of its own.</summary>
public sealed record Scaling(string Name, string Input, string Factors) : Layer(Name, Input, Factors);

/// <summary>Maximum over a window.</summary>
public sealed record MaxPooling(string Name, string Input, int Kernel, int Stride) : Layer(Name, Input)
{
    public int Padding => Kernel / 2;
}

/// <summary>Mean over all positions: C x H x W to C x 1 x 1.</summary>
public sealed record GlobalAveragePooling(string Name, string Input) : Layer(Name, Input);

/// <summary>Fully connected layer with bias.</summary>
public sealed record Linear(string Name, string Input, ChannelCount Output) : Layer(Name, Input);
