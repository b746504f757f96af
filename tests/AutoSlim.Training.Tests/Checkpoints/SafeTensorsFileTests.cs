using System.Text;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Tests.Data;
using CsCheck;

namespace AutoSlim.Training.Tests.Checkpoints;

public sealed class SafeTensorsFileTests : IDisposable
{
    private const long AllocationLimitBytes = 4 << 20;

    private readonly TemporaryFolder folder = new();

    private string FilePath => folder.PathOf("a.safetensors");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Tensors_and_metadata_survive_the_round_trip() =>
        Gen.Select(Gen.Dictionary(Gen.String, Gen.Float.Array), Gen.Dictionary(Gen.String, Gen.String)).Sample((values, metadata) =>
        {
            values.Remove("__metadata__");
            var tensors = values.ToDictionary(it => it.Key, it => StoredTensor.Of([1, it.Value.Length], it.Value));
            new SafeTensorsFile(tensors, metadata).Write(FilePath);
            var read = SafeTensorsFile.Read(FilePath);
            Assert.Equal(metadata, read.Metadata);
            Assert.Equal(values.Keys.Order(StringComparer.Ordinal), read.Tensors.Keys.Order(StringComparer.Ordinal));
            Assert.All(read.Tensors, it => Assert.True(tensors[it.Key].Bytes.Span.SequenceEqual(it.Value.Bytes.Span)));
        }, iter: 50, threads: 1);

    [Fact]
    public void Both_element_types_keep_shape_and_values()
    {
        Sample().Write(FilePath);
        var tensors = SafeTensorsFile.Read(FilePath).Tensors;
        Assert.Equal([2, 3], tensors["weight"].Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], tensors["weight"].AsFloats().ToArray());
        Assert.Empty(tensors["steps"].Shape);
        Assert.Equal([long.MaxValue], tensors["steps"].AsLongs().ToArray());
        Assert.Throws<InvalidOperationException>(() => tensors["steps"].AsFloats().Length);
    }

    /// <summary>Checked against the format's description: length, header padded to 8 bytes, data without gaps.</summary>
    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        Sample().Write(FilePath);
        const string Header = """{"__metadata__":{"network":"mnasnet"},"steps":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"weight":{"dtype":"F32","shape":[2,3],"data_offsets":[8,32]}}""";
        var bytes = File.ReadAllBytes(FilePath);
        var length = (int)BitConverter.ToUInt64(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(Header, Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
        Assert.Equal(8 + length + 32, bytes.Length);
    }

    [Fact]
    public void Writing_replaces_the_old_file_and_leaves_nothing_beside_it()
    {
        File.WriteAllText(FilePath, "old");
        Sample().Write(FilePath);
        Assert.Equal(2, SafeTensorsFile.Read(FilePath).Tensors.Count);
        Assert.Equal([FilePath], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_failed_write_keeps_the_old_file()
    {
        File.WriteAllText(FilePath, "old");
        var file = new SafeTensorsFile(new Dictionary<string, StoredTensor> { ["__metadata__"] = StoredTensor.Of([1], [1f]) }, new Dictionary<string, string>());
        Assert.Throws<ArgumentException>(() => file.Write(FilePath));
        Assert.Equal("old", File.ReadAllText(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Every_truncation_is_noticed()
    {
        Sample().Write(FilePath);
        var whole = File.ReadAllBytes(FilePath);
        for (var length = 0; length < whole.Length; length++) Refused(whole[..length]);
        Assert.Contains("truncated", Refused(whole[..^1]), StringComparison.Ordinal);
        Assert.Contains("something follows", Refused([.. whole, 0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "tensor 'b' begins at 4, expected 8: tensors overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "tensor 'a' begins at 4, expected 0: tensors leave a gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "is not what F32 of shape [3] takes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "is not what F32 of shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "tensor 'a' has -1 in 'shape'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1e30],"data_offsets":[0,4]}}""", 4, "tensor 'a' has 1e30 in 'shape'")]
    [InlineData("""{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,16]}}""", 4, "type 'F64', expected F32 or I64 or F16 or BF16")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "has 1 data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "tensor 'a' has no 'data_offsets'")]
    [InlineData("""{"a":7}""", 0, "tensor 'a' has no 'dtype'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", 0, "not valid JSON")]
    [InlineData("""{"__metadata__":{"steps":3}}""", 0, "__metadata__ is not an object of strings")]
    [InlineData("[]", 0, "not a JSON object")]
    [InlineData("{", 0, "not valid JSON")]
    [InlineData("[[[[[[[[]]]]]]]]", 0, "not valid JSON")]
    public void A_header_that_lies_is_refused(string header, int dataBytes, string expected) =>
        Assert.Contains(expected, Refused(WithHeader(header, dataBytes)), StringComparison.Ordinal);

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 40)]
    [InlineData(101_000_000UL)]
    public void An_absurd_header_length_is_refused_without_allocating_it(ulong length)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains($"claims a header of {length} bytes", Refused([.. BitConverter.GetBytes(length), .. "{}"u8]), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocationLimitBytes);
    }

    [Fact]
    public void A_damaged_file_never_does_worse_than_a_checkpoint_exception()
    {
        Sample().Write(FilePath);
        var whole = File.ReadAllBytes(FilePath);
        var headerEnd = 8 + (int)BitConverter.ToUInt64(whole);
        Gen.Select(Gen.Int[0, headerEnd - 1], Gen.Byte).Sample((at, value) =>
        {
            byte[] damaged = [.. whole];
            damaged[at] = value;
            File.WriteAllBytes(FilePath, damaged);
            var exception = Record.Exception(() => SafeTensorsFile.Read(FilePath));
            Assert.True(exception is null or CheckpointException, exception?.ToString());
        }, iter: 1000, threads: 1);
    }

    [Fact]
    public void Bytes_that_do_not_fit_the_shape_are_refused() =>
        Assert.Throws<ArgumentException>(() => StoredTensor.Of([2, 2], [1f, 2f, 3f]));

    private static SafeTensorsFile Sample() => new(
        new Dictionary<string, StoredTensor> { ["weight"] = StoredTensor.Of([2, 3], [1f, 2, 3, 4, 5, 6]), ["steps"] = StoredTensor.Of([], [long.MaxValue]) },
        new Dictionary<string, string> { ["network"] = "mnasnet" });

    private static byte[] WithHeader(string header, int dataBytes) =>
        [.. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]];

    private string Refused(byte[] bytes)
    {
        File.WriteAllBytes(FilePath, bytes);
        var message = Assert.Throws<CheckpointException>(() => SafeTensorsFile.Read(FilePath)).Message;
        Assert.StartsWith($"'{FilePath}': ", message, StringComparison.Ordinal);
        return message;
    }
}
