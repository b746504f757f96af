using AutoSlim.Training.Data;
using CsCheck;

namespace AutoSlim.Training.Tests.Data;

public sealed class HostileIdxTests
{
    private const long AllocationLimitBytes = 16 << 20;

    [Fact]
    public void A_lying_header_is_refused_without_allocating_what_it_claims()
    {
        var size = Gen.OneOf(Gen.Int, Gen.Int[0, 40_000], Gen.Const(int.MaxValue), Gen.Const(1 << 16));
        Gen.Select(size, size, size, Gen.Byte.Array[0, 64]).Sample(
            (count, height, width, values) => AssertRefused(IdxBytes.Of([count, height, width], values)),
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void Arbitrary_bytes_never_do_worse_than_a_data_exception() =>
        Gen.Byte.Array[0, 64].Sample(AssertRefused, iter: 300, threads: 1);

    private static void AssertRefused(byte[] images)
    {
        using var folder = new TemporaryFolder();
        IdxBytes.WriteFolder(folder);
        folder.Write("train-images-idx3-ubyte", images);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DataException>(() => DataFolder.Read(folder.Path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocationLimitBytes);
    }
}
