using AutoSlim.Costs;
using AutoSlim.Tests.Profiling;
using CsCheck;

namespace AutoSlim.Tests.Costs;

public sealed class HostileCostTableFileTests : IDisposable
{
    private const string Operator = "Convolution 16x8x8 to 96 k1 s1 p0 Relu6";

    private readonly string folder = Directory.CreateTempSubdirectory("autoslim-test-").FullName;

    private string Target => Path.Combine(folder, "cpu.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_truncated_file_is_refused_wherever_it_ends()
    {
        CostTableFile.Write(Target, MeasuredTables.Example());
        var text = File.ReadAllText(Target).TrimEnd();
        for (var length = 0; length < text.Length; length++) AssertRefused(text[..length]);
    }

    [Fact]
    public void A_damaged_file_is_read_or_refused_and_nothing_else()
    {
        CostTableFile.Write(Target, MeasuredTables.Example());
        var original = File.ReadAllBytes(Target);
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                var bytes = original.ToArray();
                foreach (var (at, value) in changes) bytes[at] = value;
                File.WriteAllBytes(Target, bytes);
                try
                {
                    CostTableFile.Read(Target);
                }
                catch (CostTableFileException)
                {
                    // Refused, as it should be.
                }
            },
            iter: 1000, threads: 1);
    }

    [Theory]
    [InlineData("[]", "without a \"format\"")]
    [InlineData("null", "without a \"format\"")]
    [InlineData("{}", "without a \"format\"")]
    [InlineData("{\"layers\": []}", "without a \"format\"")]
    [InlineData("{\"format\": 1}", "format is 1, expected 2")]
    [InlineData("{\"format\": \"1\"}", "format is \"1\", expected 2")]
    [InlineData("{\"format\": 1.5}", "format is 1.5, expected 2")]
    [InlineData("{\"format\": 2}", "fingerprint")]
    [InlineData("{\"format\": 2, \"format\": 2}", "format")]
    public void A_file_of_another_kind_or_version_is_refused(string text, string problem) => AssertRefused(text, problem);

    [Theory]
    [InlineData("\"microseconds\":14.57", "\"microseconds\":-14.57", Operator)]
    [InlineData("\"microseconds\":14.57", "\"microseconds\":1e999", Operator)]
    [InlineData("\"microseconds\":14.57", "\"microseconds\":NaN", "'N' is an invalid")]
    [InlineData("\"microseconds\":14.57", "\"microseconds\":\"NaN\"", "microseconds")]
    [InlineData("\"microseconds\":14.57", "\"microseconds\":null", "microseconds")]
    [InlineData("\"microseconds\":14.57", "\"microseconds\":15.57", Operator)]
    [InlineData("\"microseconds\":14.57,", "", "microseconds")]
    [InlineData("\"upper\":14.6", "\"upper\":1e999", "upper")]
    [InlineData("\"samples\":9", "\"samples\":-9", Operator)]
    [InlineData("\"samples\":9", "\"samples\":9.5", "samples")]
    [InlineData("\"status\":\"Ok\"", "\"status\":\"Fine\"", "status")]
    [InlineData("\"status\":\"Ok\"", "\"status\":0", "status")]
    [InlineData("\"dropped\":2", "\"dropped\":2,\"extra\":1", "extra")]
    [InlineData("context 16x8x8", Operator, "uplicate")]
    [InlineData("context 16x8x8", "something", "something")]
    [InlineData("context 16x8x8", "\\ud800", "")]
    [InlineData("\"entries\": {", "\"entries\": null, \"old\": {", "")]
    [InlineData("Cortex-A72", "Cortex-A53", "edited")]
    [InlineData("Cortex-A72", "", "lacks a field")]
    [InlineData("\"intraOpThreads\": 1", "\"intraOpThreads\": 0", "threads")]
    [InlineData("\"processor\": \"Cortex-A72\"", "\"processor\": null", "processor")]
    [InlineData("\"context 8x8x8\": {", "\"context 8x8x8\": null, \"context 9x8x8\": {", "entry 'context 8x8x8' is null")]
    public void Nonsense_inside_is_refused(string original, string replacement, string problem)
    {
        CostTableFile.Write(Target, MeasuredTables.Example());
        var text = File.ReadAllText(Target);
        Assert.Contains(original, text, StringComparison.Ordinal);
        AssertRefused(text.Replace(original, replacement, StringComparison.Ordinal), problem);
    }

    [Theory]
    [InlineData("\"network a\": {\"peakBytes\":1,\"loadedBytes\":1,\"runs\":1}", null)]
    [InlineData("\"network a\": {\"peakBytes\":0,\"loadedBytes\":1,\"runs\":1}", "memory of 'network a': the peak is 0 bytes")]
    [InlineData("\"network a\": {\"peakBytes\":1e30,\"loadedBytes\":1,\"runs\":1}", "peakBytes")]
    [InlineData("\"network a\": {\"peakBytes\":1,\"loadedBytes\":1,\"runs\":0}", "memory of 'network a': 0 runs")]
    [InlineData("\"network a\": {\"peakBytes\":1,\"loadedBytes\":1}", "runs")]
    [InlineData("\"network a\": {\"peakBytes\":1,\"loadedBytes\":1,\"runs\":1,\"extra\":1}", "extra")]
    [InlineData("\"network a\": null", "memory of 'network a' is null")]
    [InlineData("\"context 1x1x1\": {\"peakBytes\":1,\"loadedBytes\":1,\"runs\":1}", "only networks have one")]
    public void A_memory_that_cannot_be_is_refused(string line, string? problem)
    {
        CostTableFile.Write(Target, MeasuredTables.Example());
        var text = $"{File.ReadAllText(Target).TrimEnd()[..^2]},\n  \"memory\": {{\n    {line}\n  }}\n}}\n";
        if (problem is not null) AssertRefused(text, problem);
        else
        {
            File.WriteAllText(Target, text);
            Assert.Single(CostTableFile.Read(Target).Memories);
        }
    }

    [Fact]
    public void Deep_nesting_is_refused() => AssertRefused(new string('[', 100_000));

    [Fact]
    public void A_file_that_cannot_be_used_is_neither_moved_nor_replaced()
    {
        File.WriteAllText(Target, "{");
        Assert.Throws<CostTableFileException>(() => CostTableFile.Open(Target, Messages.Device));
        Assert.Equal("{", File.ReadAllText(Target));
    }

    private void AssertRefused(string text, string problem = "")
    {
        File.WriteAllText(Target, text);
        var refused = Assert.Throws<CostTableFileException>(() => CostTableFile.Read(Target));
        Assert.Equal(Target, refused.Path);
        Assert.Contains(Target, refused.Message, StringComparison.Ordinal);
        Assert.Contains("profile the device again", refused.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }
}
