using AutoSlim.Networks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Training.Supernets;

/// <summary>Activations of layers by torch.</summary>
internal static class Activations
{
    /// <summary>In place where torch's way back reads only what comes out: nothing else reads a layer's output before its activation.</summary>
    public static Tensor Apply(Tensor value, Activation activation) => activation switch
    {
        Activation.Relu => value.relu_(),
        Activation.Relu6 => value.relu6_(),
        Activation.HardSwish => Replaced(value, F.hardswish(value)),
        Activation.HardSigmoid => Replaced(value, F.hardsigmoid(value)),
        _ => value,
    };

    /// <summary>What no gradient goes back through is freed at once: it is half the memory of scoring a large batch.</summary>
    public static Tensor Replaced(Tensor before, Tensor after)
    {
        if (!before.requires_grad) before.Dispose();
        return after;
    }
}
