using AutoSlim.Costs.Import;
using CsCheck;

namespace AutoSlim.Tests.Costs.Import;

public sealed class HostileYamlTests : IDisposable
{
    private const string Key = "Conv-input:32x32x3-output:16x16x32";

    private readonly ImportedFile file = new();
    private readonly byte[] original = File.ReadAllBytes(ImportedFile.Example("once-for-all.yaml"));

    public void Dispose() => file.Dispose();

    [Fact]
    public void A_truncated_file_is_read_or_refused_and_nothing_else()
    {
        for (var length = 0; length < original.Length; length++) ReadOrRefuse(original[..length]);
    }

    [Fact]
    public void A_damaged_file_is_read_or_refused_and_nothing_else() =>
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.OneOf(Gen.Byte, Gen.OneOfConst("&*!<>|{}[]:-?#\"'%@`, \n\t\r".Select(letter => (byte)letter).ToArray()))).Array[1, 6].Sample(
            changes =>
            {
                var bytes = original.ToArray();
                foreach (var (at, value) in changes) bytes[at] = value;
                ReadOrRefuse(bytes);
            },
            iter: 2000, threads: 1);

    [Theory]
    [InlineData("", "StreamEnd instead")]
    [InlineData("null", "instead of MappingStart")]
    [InlineData("- 1", "instead of MappingStart")]
    [InlineData("{}", "holds no operator")]
    [InlineData("a: 1", "instead of MappingStart")]
    [InlineData("a: {b: [1]}", "instead of Scalar")]
    [InlineData("a: &x {mean: 1}\nb: *x", "an anchor")]
    [InlineData("a: *x", "an anchor")]
    [InlineData("a: {mean: !!python/object/apply:os.system [ls]}", "a tag")]
    [InlineData("a: !<> {mean: 1}", "no YAML")]
    [InlineData("%TAG !  \n---\na: {mean: 1}", "no YAML")]
    [InlineData("a: {mean: 1, mean: 1}", "twice")]
    [InlineData("a: {mean: 1}\n---\nb: {mean: 1}", "instead of StreamEnd")]
    [InlineData("a: {mean: 1", "no YAML")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "instead of MappingStart")]
    [InlineData("a: {mean: 1.0}", "'a' is no key such as")]
    [InlineData(Key + ": {mean: -1}", "takes -1")]
    [InlineData(Key + ": {mean: 0}", "takes 0")]
    [InlineData(Key + ": {mean: NaN}", "takes NaN")]
    [InlineData(Key + ": {mean: .nan}", "has mean .nan")]
    [InlineData(Key + ": {mean: 1e300}", "takes 1E+300")]
    [InlineData(Key + ": {mean: 61000}", "at most a minute")]
    [InlineData(Key + ": {count: 1}", "has mean nothing")]
    [InlineData(Key + ": {mean: 1, count: 0}", "has count 0")]
    [InlineData(Key + ": {mean: 1, count: 1.5}", "has count 1.5")]
    [InlineData("Conv-input:0x32x3-output:16x16x32: {mean: 1}", "out of range")]
    [InlineData("Conv-input:32x32x3-output:99999999999x16x32: {mean: 1}", "out of range")]
    [InlineData(Key + ": {mean: 1}\n" + Key + ": {mean: 2}", "comes 2 times")]
    public void What_is_no_table_is_refused(string text, string problem) =>
        Assert.Contains(problem, Assert.Single(file.Problems(text, ImportFormat.OnceForAll)), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_refused() =>
        Assert.Contains("no text in UTF-8", Assert.Single(file.Problems([0xff, 0xfe, 0x00], ImportFormat.OnceForAll)), StringComparison.Ordinal);

    /// <summary>Depth that would overflow the stack of a recursive reader.</summary>
    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Depth_without_end_is_refused_at_once(string opening) =>
        Assert.Single(file.Problems($"{Key}: {string.Concat(Enumerable.Repeat(opening, 100_000))}", ImportFormat.OnceForAll));

    private void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            file.Read(bytes, ImportFormat.OnceForAll);
        }
        catch (TableImportException refusal)
        {
            Assert.DoesNotContain(refusal.Problems, problem => problem.Any(char.IsControl));
        }
    }
}
