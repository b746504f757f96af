using System.Globalization;

namespace AutoSlim.Networks;

/// <summary>
/// A fused operator with concrete shapes: the key of a cost table. Two layers with equal signatures cost the same on one device.
/// </summary>
/// <param name="Kind">The operator.</param>
/// <param name="Input">Shape of its (first) input.</param>
/// <param name="OutputChannels">Channels it produces.</param>
/// <param name="Kernel">Window size in pixels; 1 where the operator has none.</param>
/// <param name="Stride">1 where the operator has none.</param>
/// <param name="Padding">Pixels on each side.</param>
/// <param name="Activation">Fused non-linearity.</param>
public sealed record LayerSignature(
    OperatorKind Kind, TensorShape Input, int OutputChannels, int Kernel = 1, int Stride = 1, int Padding = 0, Activation Activation = Activation.None)
{
    public TensorShape Output => Kind is OperatorKind.Linear or OperatorKind.GlobalAveragePooling
        ? new(OutputChannels, 1, 1)
        : new(OutputChannels, Reduced(Input.Height), Reduced(Input.Width));

    /// <summary>Multiply-adds for one image; convolution and linear layers count, as in the published tables.</summary>
    public long MultiplyAdds => Kind switch
    {
        OperatorKind.Convolution => Output.Elements * Input.Channels * Kernel * Kernel,
        OperatorKind.DepthwiseConvolution => Output.Elements * Kernel * Kernel,
        OperatorKind.Linear or OperatorKind.BiasedPointwise => (long)Input.Channels * OutputChannels,
        _ => 0,
    };

    /// <summary>Dense or depthwise, and so followed by batch norm.</summary>
    public bool IsConvolution => Kind is OperatorKind.Convolution or OperatorKind.DepthwiseConvolution;

    /// <summary>Weights and biases, without batch norm.</summary>
    public long WeightParameters => Kind switch
    {
        OperatorKind.Convolution => (long)Input.Channels * OutputChannels * Kernel * Kernel,
        OperatorKind.DepthwiseConvolution => (long)OutputChannels * Kernel * Kernel,
        OperatorKind.Linear or OperatorKind.BiasedPointwise => (long)Input.Channels * OutputChannels + OutputChannels,
        _ => 0,
    };

    /// <summary>Weights, batch-norm affine parameters and biases.</summary>
    public long Parameters => WeightParameters + (IsConvolution ? 2L * OutputChannels : 0);

    /// <summary>Weights and biases once batch norm is folded into its convolution.</summary>
    public long FoldedParameters => WeightParameters + (IsConvolution ? OutputChannels : 0);

    /// <summary>Whether input and output channels are one number.</summary>
    public bool KeepsChannels => Kind is not (OperatorKind.Convolution or OperatorKind.Linear or OperatorKind.BiasedPointwise);

    /// <summary>Whether it reads a second tensor.</summary>
    public bool ReadsTwo => Kind is OperatorKind.Addition or OperatorKind.Scaling;

    /// <summary>The same operator at other widths.</summary>
    public LayerSignature WithChannels(int input, int output) => this with { Input = Input with { Channels = input }, OutputChannels = output };

    /// <summary>One line, stable: <c>Convolution 16x8x8 to 96 k1 s1 p0 Relu6</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Kind} {Input} to {OutputChannels} k{Kernel} s{Stride} p{Padding} {Activation}");

    /// <exception cref="FormatException">Not a line that <see cref="ToString"/> writes.</exception>
    public static LayerSignature Parse(string text)
    {
        var parts = text.Split(' ');
        try
        {
            if (parts.Length != 8 || parts[2] != "to") throw new FormatException();
            var shape = parts[1].Split('x').Select(Size).ToArray();
            if (shape.Length != 3) throw new FormatException();
            return new(
                Enum.Parse<OperatorKind>(parts[0]), new(shape[0], shape[1], shape[2]), Size(parts[3]),
                Size(Prefixed(parts[4], 'k')), Size(Prefixed(parts[5], 's')), Number(Prefixed(parts[6], 'p')), Enum.Parse<Activation>(parts[7]));
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException)
        {
            throw new FormatException($"operator '{text}' is not of the form 'Convolution 16x8x8 to 96 k1 s1 p0 Relu6'", fault);
        }
    }

    private int Reduced(int size) => (size + 2 * Padding - Kernel) / Stride + 1;

    private static string Prefixed(string part, char prefix) => part.StartsWith(prefix) ? part[1..] : throw new FormatException();

    private static int Size(string text) => Number(text) is >= 1 and var size ? size : throw new FormatException();

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
