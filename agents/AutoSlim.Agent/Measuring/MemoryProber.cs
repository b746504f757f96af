using AutoSlim.Agent.Models;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Measuring;

/// <summary>
/// Measures by how much this process, which has done nothing else, grows while a model runs. Counted is what is alive at once: the image, which
/// the caller holds through the run, activations as the runtime lays them out, its workspace, and the small blocks that the heap keeps.
/// Not counted are the weights and what the first run alone takes: pages of the runtime's code, which all models share, and buffers that it
/// then keeps. The runtime's arena, left out here, would double the growth, and an unruly heap more than that.
/// </summary>
internal sealed class MemoryProber(RuntimeSettings settings)
{
    /// <exception cref="AgentException">The model cannot be run, or the system does not tell.</exception>
    public MemoryResult Measure(byte[] onnx, MemoryRequest request)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(request.TimeLimitMilliseconds));
        NativeHeap.ReturnLargeBlocks();
        try
        {
            using var model = new SparingModel(onnx, settings, limit.Token);
            _ = Grow(model, request.Runs);
            return Grow(model, request.Runs);
        }
        catch (OperationCanceledException)
        {
            return new(ProbeStatus.Unstable, 0, 0, $"it took longer than the time limit of {request.TimeLimitMilliseconds} ms");
        }
    }

    /// <summary>The first time is a rehearsal: whatever measuring itself needs is there the second time.</summary>
    private static MemoryResult Grow(SparingModel model, int runs)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        NativeHeap.Trim();
        var loaded = ResidentMemory.ClearMark();
        for (var run = 0; run < runs; run++) model.Run();
        return new(ProbeStatus.Ok, Math.Max(Environment.SystemPageSize, ResidentMemory.Mark() - loaded), loaded, null);
    }
}
