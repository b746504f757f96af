using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using AutoSlim.Networks;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Normalisation;

/// <summary>
/// Batch norm over the batch and the activation behind it at once, on the processor. Torch's own read or write the map fourteen times, there
/// and back, and these eight times; on maps beyond the caches memory is what a training step waits for.
/// </summary>
internal sealed unsafe class FusedNormalisation : autograd.SingleTensorFunction<FusedNormalisation>
{
    /// <summary>With fewer rows torch's own are as quick.</summary>
    private const int FewestRows = 256;

    private const string MomentsKey = "moments";
    private const string ScaleKey = "scale";

    /// <summary>Whether the processor multiplies and adds in one instruction; where it does not, .NET does it one number at a time.</summary>
    private static readonly bool IsQuick = Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>Gradients that this thread gave to torch last. Torch holds them itself by the next call; until the pass's scope ends they would stay for nothing.</summary>
    [ThreadStatic]
    private static Tensor[]? handedOver;

    public override string Name => nameof(FusedNormalisation);

    public static bool Fits(Tensor value, Activation activation) =>
        IsQuick && Clamp.Of(activation) is not null && ChannelRows.Fit(value) && value.numel() / value.shape[1] >= FewestRows;

    /// <param name="value">N x C x H x W; overwritten where no gradient is asked for.</param>
    /// <param name="gamma">C numbers.</param>
    /// <param name="beta">C numbers.</param>
    /// <param name="activation">One that <see cref="Fits"/>.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static Tensor Apply(Tensor value, Tensor gamma, Tensor beta, Activation activation, double epsilon)
    {
        var clamp = Clamp.Of(activation) ?? throw new ArgumentException($"{activation} is no clamp", nameof(activation));
        if (is_grad_enabled() && (value.requires_grad || gamma.requires_grad)) return apply(value, gamma, beta, clamp, epsilon);
        var rows = new ChannelRows(value);
        ScaleOf(BatchMoments.Of(rows, epsilon), gamma, beta, clamp).Apply(rows, rows);
        return value;
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (value, gamma, beta, clamp, epsilon) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (Clamp)vars[3], (double)vars[4]);
        var result = empty_strided(value.shape, value.stride(), device: value.device);
        var rows = new ChannelRows(value);
        var moments = BatchMoments.Of(rows, epsilon);
        var scale = ScaleOf(moments, gamma, beta, clamp);
        scale.Apply(rows, new(result));
        ctx.save_for_backward([value]);
        ctx.save_data(MomentsKey, moments);
        ctx.save_data(ScaleKey, scale);
        return result;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        foreach (var earlier in handedOver ?? []) earlier.Dispose();
        using var scope = NewDisposeScope();
        var value = ctx.get_saved_variables()[0];
        var (moments, scale) = ((BatchMoments)ctx.get_data(MomentsKey), (ChannelScale)ctx.get_data(ScaleKey));
        var gradient = MemoryLayout.ChannelsLast(grad_output);
        var ofValue = empty_strided(value.shape, value.stride(), device: value.device);
        var (ofGamma, ofBeta) = (empty(value.shape[1], device: value.device), empty(value.shape[1], device: value.device));
        new NormalisationGradient(new(value), new(gradient), moments, scale).Write(new(ofValue), ChannelRows.Values(ofGamma), ChannelRows.Values(ofBeta));
        grad_output.Dispose();
        ctx.Dispose();
        handedOver = [.. new[] { ofValue, ofGamma, ofBeta }.Select(tensor => tensor.MoveToOuterDisposeScope())];
        return [.. handedOver, null!, null!];
    }

    private static ChannelScale ScaleOf(BatchMoments moments, Tensor gamma, Tensor beta, Clamp clamp) =>
        new(moments, ChannelRows.Values(gamma), ChannelRows.Values(beta), clamp);
}
