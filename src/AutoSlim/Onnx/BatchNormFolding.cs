namespace AutoSlim.Onnx;

/// <summary>Turns a convolution and the batch norm behind it into one convolution with bias, equal for inference.</summary>
public static class BatchNormFolding
{
    /// <param name="kernel">Out x in/groups x k x k, without bias.</param>
    /// <param name="gamma">Scale, one per output channel; so are the next three.</param>
    /// <param name="beta">Shift.</param>
    /// <param name="mean">Running mean.</param>
    /// <param name="variance">Running variance.</param>
    /// <param name="epsilon">What batch norm adds to the variance.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit together.</exception>
    public static FoldedWeights Fold(
        ReadOnlySpan<float> kernel, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, double epsilon)
    {
        var channels = gamma.Length;
        if (beta.Length != channels || mean.Length != channels || variance.Length != channels)
            throw new ArgumentException($"gamma has {channels} channels, beta {beta.Length}, mean {mean.Length}, variance {variance.Length}; all must be equal");
        if (channels == 0 || kernel.Length % channels != 0)
            throw new ArgumentException($"a kernel of {kernel.Length} elements cannot have {channels} output channels", nameof(kernel));
        var folded = new FoldedWeights(new float[kernel.Length], new float[channels]);
        var filter = kernel.Length / channels;
        for (var channel = 0; channel < channels; channel++)
        {
            var scale = gamma[channel] / Math.Sqrt(variance[channel] + epsilon);
            folded.Bias[channel] = (float)(beta[channel] - mean[channel] * scale);
            for (var i = channel * filter; i < (channel + 1) * filter; i++) folded.Kernel[i] = (float)(kernel[i] * scale);
        }

        return folded;
    }
}
