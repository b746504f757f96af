using System.Text;
using AutoSlim.Costs.Import;
using CsCheck;

namespace AutoSlim.Tests.Costs.Import;

public sealed class HostilePickleTests : IDisposable
{
    private readonly ImportedFile file = new();
    private readonly byte[] original = File.ReadAllBytes(ImportedFile.Example("netadapt.protocol5.pkl"));

    public void Dispose() => file.Dispose();

    [Fact]
    public void A_truncated_file_is_refused_wherever_it_ends()
    {
        for (var length = 0; length < original.Length; length++) Assert.Single(file.Problems(original[..length], ImportFormat.NetAdapt));
    }

    [Fact]
    public void A_damaged_file_is_read_or_refused_and_nothing_else() =>
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte).Array[1, 6].Sample(
            changes =>
            {
                var bytes = original.ToArray();
                foreach (var (at, value) in changes) bytes[at] = value;
                ReadOrRefuse(bytes);
            },
            iter: 2000, threads: 1);

    [Fact]
    public void Any_instructions_are_read_or_refused_and_nothing_else() =>
        Gen.OneOf(Gen.Byte, Gen.OneOfConst("(0NKMJGXqrhjcR}])taesu.\x80\x85\x86\x87\x88\x8a\x8c\x93\x94\x95".Select(letter => (byte)letter).ToArray())).Array[0, 60]
            .Sample(instructions => ReadOrRefuse([0x80, 4, .. instructions]), iter: 5000, threads: 1);

    /// <summary>os.system by name and from the stack, an object of a class, builtins.eval, one of NumPy's numbers.</summary>
    [Theory]
    [InlineData("cos\nsystem\n(X\x2\0\0\0lstR.", "refers to 'os.system'")]
    [InlineData("\x8c\x2os\x8c\x6system\x93)R.", "refers to 'os.system'")]
    [InlineData("c__main__\nTable\n)\x81.", "refers to '__main__.Table'")]
    [InlineData("cbuiltins\neval\n.", "refers to 'builtins.eval'")]
    [InlineData("cnumpy.core.multiarray\nscalar\n.", "float(time)")]
    [InlineData("ccollections\nOrderedDict\n(]tR.", "calls a function")]
    [InlineData("}b.", "makes objects")]
    [InlineData("X\xff\xff\xff\xff.", "cut off")]
    [InlineData("\x8a\x9\0\0\0\0\0\0\0\0\x1.", "64 bits")]
    [InlineData("h\x5.", "damaged")]
    [InlineData("}K\x1u.", "damaged")]
    [InlineData("((.", "damaged")]
    [InlineData("}}.", "damaged")]
    [InlineData("}.}.", "goes on after its end")]
    [InlineData("K\x5.", "holds no layers")]
    [InlineData("}.", "holds no layers")]
    public void What_is_more_than_plain_values_is_refused(string instructions, string problem) =>
        Assert.Contains(problem, Assert.Single(file.Problems([0x80, 4, .. Encoding.Latin1.GetBytes(instructions)], ImportFormat.NetAdapt)), StringComparison.Ordinal);

    /// <summary>Lists inside lists that each hold the one before twice: a thousand of them would unfold to more than there are atoms.</summary>
    [Fact]
    public void What_unfolds_without_end_is_not_unfolded()
    {
        var bomb = Enumerable.Range(0, 100).SelectMany(level => Encoding.Latin1.GetBytes($"]q{(char)(level + 1)}(h{(char)level}h{(char)level}e"));
        var bytes = new byte[] { 0x80, 2, (byte)'N', (byte)'q', 0, (byte)'0' }.Concat(bomb).ToArray();
        Assert.Single(file.Problems([.. bytes, (byte)'.'], ImportFormat.NetAdapt));
    }

    [Fact]
    public void Values_without_end_are_refused()
    {
        var bytes = new byte[9_000_000];
        bytes.AsSpan().Fill((byte)']');
        Assert.Contains("no latency table has", Assert.Single(file.Problems([0x80, 2, .. bytes, (byte)'.'], ImportFormat.NetAdapt)), StringComparison.Ordinal);
    }

    /// <summary>A thousand layers that share one dictionary of a thousand times would be a million.</summary>
    [Fact]
    public void Times_without_end_are_refused()
    {
        var times = Enumerable.Range(1, 1000).SelectMany(width => new[] { (byte)'(', (byte)'M', (byte)width, (byte)(width >> 8), (byte)'K', (byte)1, (byte)'t', (byte)'K', (byte)1 });
        byte[] latency = [(byte)'}', (byte)'(', .. times, (byte)'u', (byte)'q', 0, (byte)'0'];
        var layers = Enumerable.Range(0, 1000).SelectMany(index => Encoding.Latin1.GetBytes($"X\x4\0\0\0{index:0000}}}(X\x7\0\0\0latencyh\0u"));
        var problems = file.Problems([0x80, 2, .. latency, (byte)'}', (byte)'(', .. layers, (byte)'u', (byte)'.'], ImportFormat.NetAdapt);
        Assert.EndsWith("more problems", problems[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_file_is_refused()
    {
        using (var stream = File.Create(file.Path)) stream.SetLength(20_000_000);
        var refusal = Assert.Throws<TableImportException>(() => TableImport.Read(file.Path, new() { Format = ImportFormat.OnceForAll }));
        Assert.Contains("longer than 16,000,000 bytes", Assert.Single(refusal.Problems), StringComparison.Ordinal);
    }

    private void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            file.Read(bytes, ImportFormat.NetAdapt);
        }
        catch (TableImportException refusal)
        {
            Assert.DoesNotContain(refusal.Problems, problem => problem.Any(char.IsControl));
        }
    }
}
