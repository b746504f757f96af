using System.Diagnostics;
using AutoSlim.Profiling;
using Microsoft.ML.OnnxRuntime;

namespace AutoSlim.Benchmarks.Tables;

/// <summary>What a person writes to time a model: a session, a warm-up, runs against a stopwatch. No gate, no process of its own, no agent.</summary>
internal static class BareLoop
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(5);
    private const int Samples = 25;

    /// <summary>The median over samples of one run, microseconds; one thread.</summary>
    public static double Microseconds(byte[] onnx)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        using var session = new InferenceSession(onnx, options);
        using var run = new RunOptions();
        var inputs = session.InputMetadata.Values.Select(Filled).ToList();
        using var outputs = session.Run(run, session.InputNames, inputs, session.OutputNames);
        var microseconds = Measure(() => session.Run(run, session.InputNames, inputs, session.OutputNames, outputs));
        inputs.ForEach(input => input.Dispose());
        return microseconds;
    }

    private static double Measure(Action run)
    {
        var (runs, warming) = (0, Stopwatch.StartNew());
        for (; warming.Elapsed < WarmUp; runs++) run();
        var batch = Math.Max(1, (int)(runs * Sample / warming.Elapsed));
        return SampleStatistics.Of([.. Enumerable.Range(0, Samples).Select(_ => Batch(run, batch))]).MedianMicroseconds;
    }

    private static double Batch(Action run, int runs)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < runs; i++) run();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / runs;
    }

    private static OrtValue Filled(NodeMetadata input)
    {
        var values = new float[input.Dimensions.Aggregate(1, (product, size) => product * size)];
        var random = new SplitMix64(1);
        foreach (ref var value in values.AsSpan()) value = random.Symmetric();
        return OrtValue.CreateTensorValueFromMemory(values, [.. input.Dimensions.Select(size => (long)size)]);
    }
}
