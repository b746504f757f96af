using AutoSlim.Networks;
using AutoSlim.Training.Native;
using AutoSlim.Training.Normalisation;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Benchmarks.Train;

/// <summary>How quickly the whole machine goes through a batch norm and the activation behind it, there and back, as AutoSlim calls them.</summary>
/// <param name="batchSize">Images.</param>
/// <param name="threads">Of the machine.</param>
internal sealed class NormalisationSpeed(int batchSize, int threads)
{
    /// <summary>Seconds for one, as many at once as there are threads.</summary>
    public double Measure(TensorShape shape, Activation activation)
    {
        var layers = Enumerable.Range(0, threads).Select(_ => new Layer(batchSize, shape, activation)).ToList();
        var seconds = QuickestTime.Of(repetitions => TorchRuntime.SideBySide([.. layers.Select<Layer, Action>(layer => () => layer.Run(repetitions))])) / threads;
        layers.ForEach(layer => layer.Dispose());
        return seconds;
    }

    private sealed class Layer : IDisposable
    {
        private readonly Activation activation;
        private readonly Tensor input;
        private readonly Tensor gamma;
        private readonly Tensor beta;

        public Layer(int batchSize, TensorShape shape, Activation activation)
        {
            using var scope = NewDisposeScope();
            this.activation = activation;
            input = Leaf(MemoryLayout.ChannelsLast(randn(batchSize, shape.Channels, shape.Height, shape.Width)));
            (gamma, beta) = (Leaf(ones(shape.Channels)), Leaf(zeros(shape.Channels)));
        }

        public void Run(int repetitions)
        {
            for (var i = 0; i < repetitions; i++)
            {
                using var scope = NewDisposeScope();
                var output = FusedNormalisation.Fits(input, activation)
                    ? FusedNormalisation.Apply(input, gamma, beta, activation, SlimmableNetwork.BatchNormEpsilon)
                    : Activations.Apply(F.batch_norm(input, null!, null!, gamma, beta, training: true, eps: SlimmableNetwork.BatchNormEpsilon), activation);
                output.backward([output.detach()]);
                foreach (var leaf in new[] { input, gamma, beta }) leaf.grad = null;
            }
        }

        public void Dispose()
        {
            foreach (var leaf in new[] { input, gamma, beta }) leaf.Dispose();
        }

        private static Tensor Leaf(Tensor tensor) => tensor.detach().requires_grad_().DetachFromDisposeScope();
    }
}
