using AutoSlim.Networks;
using static TorchSharp.torch;

namespace AutoSlim.Training.Scoring;

/// <summary>What the layers of a network give, each as soon as it has run: readers on other threads wait for it.</summary>
internal sealed class KeptActivations : IDisposable
{
    private readonly Dictionary<string, TaskCompletionSource<Tensor>> outputs = [];

    /// <param name="images">The network's input; disposed with this.</param>
    public KeptActivations(Tensor images)
    {
        Expect(NetworkDefinition.InputName);
        Give(NetworkDefinition.InputName, images);
    }

    /// <summary>The output, once it is there.</summary>
    /// <exception cref="KeyNotFoundException">It was never expected.</exception>
    public Tensor Of(string layer) => outputs[layer].Task.GetAwaiter().GetResult();

    /// <summary>Frees what the layer gave and lets readers wait for what it will give. Not beside readers or other writers.</summary>
    public void Expect(string layer)
    {
        Forget(layer);
        outputs[layer] = new();
    }

    public void Give(string layer, Tensor output) => outputs[layer].SetResult(output);

    /// <summary>Tells <paramref name="fault"/> to whoever waits for an output that will not come.</summary>
    public void Fail(Exception fault)
    {
        foreach (var output in outputs.Values) output.TrySetException(fault);
    }

    /// <summary>Frees what the layer gave. Not beside readers or other writers.</summary>
    public void Forget(string layer)
    {
        if (outputs.Remove(layer, out var output) && output.Task.IsCompletedSuccessfully) output.Task.Result.Dispose();
    }

    public void Dispose()
    {
        foreach (var layer in outputs.Keys.ToList()) Forget(layer);
    }
}
