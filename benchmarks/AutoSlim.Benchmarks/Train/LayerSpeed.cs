using AutoSlim.Networks;
using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Benchmarks.Train;

/// <summary>How quickly the whole machine goes through one layer alone, there and back, by every road; the quickest of several samples each.</summary>
/// <param name="batchSize">Images.</param>
/// <param name="threads">Of the machine.</param>
internal sealed class LayerSpeed(int batchSize, int threads)
{
    public LayerTime Measure(LayerSignature signature)
    {
        double own = double.PositiveInfinity, best = double.PositiveInfinity;
        foreach (var road in LayerRoad.All.Where(road => road.Suits(signature)))
        {
            best = Math.Min(best, Math.Min(SideBySide(signature, road, best), Together(signature, road, best)));
            if (road == LayerRoad.Own) own = best;
        }

        return new(signature, own, best);
    }

    /// <summary>As many at once as there are threads, each on one: seconds for one of them.</summary>
    private double SideBySide(LayerSignature signature, LayerRoad road, double best)
    {
        var layers = Enumerable.Range(0, threads).Select(_ => new Layer(signature, road, batchSize)).ToList();
        var seconds = QuickestTime.Of(repetitions => TorchRuntime.SideBySide([.. layers.Select<Layer, Action>(layer => () => layer.Run(repetitions))]), best * threads) / threads;
        layers.ForEach(layer => layer.Dispose());
        return seconds;
    }

    /// <summary>One on all threads.</summary>
    private double Together(LayerSignature signature, LayerRoad road, double best)
    {
        using var layer = new Layer(signature, road, batchSize);
        set_num_threads(threads);
        return QuickestTime.Of(layer.Run, best);
    }

    private sealed class Layer : IDisposable
    {
        private readonly LayerSignature signature;
        private readonly LayerRoad road;
        private readonly Tensor input;
        private readonly Tensor weight;

        public Layer(LayerSignature signature, LayerRoad road, int batchSize)
        {
            (this.signature, this.road) = (signature, road);
            using var scope = NewDisposeScope();
            var (shape, isDepthwise) = (signature.Input, signature.Kind == OperatorKind.DepthwiseConvolution);
            if (signature.Kind is OperatorKind.Linear)
            {
                (input, weight) = (Leaf(randn(batchSize, shape.Channels)), Leaf(randn(signature.OutputChannels, shape.Channels)));
                return;
            }

            input = Leaf(Laid(randn(batchSize, shape.Channels, shape.Height, shape.Width)));
            weight = Leaf(Laid(randn(signature.OutputChannels, isDepthwise ? 1 : shape.Channels, signature.Kernel, signature.Kernel)));
        }

        public void Run(int repetitions)
        {
            for (var i = 0; i < repetitions; i++)
            {
                using var scope = NewDisposeScope();
                var output = road.Apply(signature, input, weight);
                output.backward([output.detach()]);
                input.grad = null;
                weight.grad = null;
            }
        }

        public void Dispose()
        {
            input.Dispose();
            weight.Dispose();
        }

        private Tensor Laid(Tensor tensor) => road.ChannelsLast ? MemoryLayout.ChannelsLast(tensor) : tensor;

        private static Tensor Leaf(Tensor tensor) => tensor.detach().requires_grad_().DetachFromDisposeScope();
    }
}
