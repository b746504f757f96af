using AutoSlim.Training.Scoring;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Supernets;

public sealed class BatchNormCalibrationTests
{
    [Fact]
    public void Statistics_are_the_plain_mean_over_the_batches()
    {
        using var network = TinyTraining.Network();
        var configuration = network.Definition.Narrowest;
        var batches = TinyTraining.Batches(90, 30).ToList();
        using var together = BatchNormCalibration.Of(network, configuration, batches);
        var single = batches.Select(batch => BatchNormCalibration.Of(network, configuration, [batch])).ToList();
        foreach (var (layer, (mean, variance)) in together.Layers)
        {
            Near(Average(single.Select(it => TinyTraining.Elements(it.Layers[layer].Mean))), TinyTraining.Elements(mean));
            Near(Average(single.Select(it => TinyTraining.Elements(it.Layers[layer].Variance))), TinyTraining.Elements(variance));
        }

        single.ForEach(statistics => statistics.Dispose());
    }

    /// <summary>Against mean and unbiased variance computed here, at the first layer.</summary>
    [Fact]
    public void Statistics_of_one_batch_are_its_mean_and_variance()
    {
        using var scope = NewDisposeScope();
        using var network = TinyTraining.Network();
        var batch = TinyTraining.Batches(30, 30).Single();
        using var statistics = BatchNormCalibration.Of(network, network.Widest, [batch]);
        var stem = network.Definition.Resolve(network.Widest).Layers[0];
        var output = ConvolutionKernel.Direct(stem.Signature, ImageTensor.Of(batch, network.Definition.Input, network.Device), WeightSlices.Views(network.Weights).Kernel(stem)).permute(1, 0, 2, 3).flatten(1);
        Near(TinyTraining.Elements(output.mean([1])), TinyTraining.Elements(statistics.Layers["stem"].Mean));
        Near(TinyTraining.Elements(output.var(1)), TinyTraining.Elements(statistics.Layers["stem"].Variance));
    }

    [Fact]
    public void Calibration_changes_no_weight()
    {
        using var network = TinyTraining.Network();
        var before = TinyTraining.Bits(network);
        BatchNormCalibration.Of(network, network.Widest, TinyTraining.Batches(60, 30)).Dispose();
        Assert.Equal(before, TinyTraining.Bits(network));
    }

    [Fact]
    public void Calibration_and_evaluation_leave_no_tensor_behind()
    {
        using var network = TinyTraining.Network();
        var before = LiveTensors.Count();
        using (var statistics = BatchNormCalibration.Of(network, network.Widest, TinyTraining.Batches(60, 30)))
        {
            var calibrated = Tensor.TotalCount;
            var logits = Evaluation.Logits(network, network.Widest, statistics, TinyTraining.Batches(60, 30));
            Assert.Equal(600, logits.Length);
            Evaluation.Of(logits, TinyTraining.Images(60).Labels, 10);
            Assert.Equal(calibrated, Tensor.TotalCount);
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Without_a_batch_there_is_nothing_to_calibrate_on()
    {
        using var network = TinyTraining.Network();
        Assert.Throws<ArgumentException>(() => BatchNormCalibration.Of(network, network.Widest, []));
    }

    private static float[] Average(IEnumerable<float[]> rows)
    {
        var all = rows.ToList();
        return [.. Enumerable.Range(0, all[0].Length).Select(i => all.Average(row => row[i]))];
    }

    private static void Near(float[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), it => Assert.Equal(it.First, it.Second, 1e-5 * Math.Max(1, Math.Abs(it.First))));
}
