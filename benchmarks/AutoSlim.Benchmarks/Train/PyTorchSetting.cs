namespace AutoSlim.Benchmarks.Train;

/// <summary>How PyTorch is run.</summary>
/// <param name="Threads">That torch computes with.</param>
/// <param name="KeepsMemory">Whether the C library keeps freed memory for the next tensor, as AutoSlim has it do; Python as it comes does not.</param>
internal sealed record PyTorchSetting(int Threads, bool KeepsMemory)
{
    /// <summary>Those that are tried: one thread may win where others work on the machine.</summary>
    public static IReadOnlyList<PyTorchSetting> All(int threads) =>
        [.. new[] { 1, threads }.Distinct().SelectMany(count => new[] { false, true }, (count, keeps) => new PyTorchSetting(count, keeps))];

    public IReadOnlyDictionary<string, string> Environment => KeepsMemory
        ? new Dictionary<string, string> { ["MALLOC_MMAP_THRESHOLD_"] = "33554432", ["MALLOC_TRIM_THRESHOLD_"] = "2147483647" }
        : new Dictionary<string, string>();

    public override string ToString() => $"{Threads} thread{(Threads == 1 ? "" : "s")}{(KeepsMemory ? ", keeps memory" : "")}";
}
