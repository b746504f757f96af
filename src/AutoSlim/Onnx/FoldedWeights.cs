namespace AutoSlim.Onnx;

/// <summary>The weights of one fused layer, batch norm already in them.</summary>
/// <param name="Kernel">Convolution: out x in/groups x k x k. Linear: out x in.</param>
/// <param name="Bias">One per output channel.</param>
public sealed record FoldedWeights(float[] Kernel, float[] Bias);
