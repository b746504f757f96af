namespace AutoSlim.Networks;

/// <summary>One row of an inverted-residual block table.</summary>
/// <param name="Expansion">Hidden channels per input channel; 1 means that the block has no expansion layer.</param>
/// <param name="Channels">Output channels at width 1.0.</param>
/// <param name="Blocks">Blocks in the stage; all but the first carry a residual.</param>
/// <param name="Stride">Stride of the first block.</param>
/// <param name="Kernel">Size of the depthwise kernel.</param>
internal sealed record InvertedResidualStage(int Expansion, int Channels, int Blocks, int Stride, int Kernel);
