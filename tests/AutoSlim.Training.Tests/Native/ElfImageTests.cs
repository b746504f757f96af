using AutoSlim.Training.Native;
using CsCheck;

namespace AutoSlim.Training.Tests.Native;

public sealed class ElfImageTests
{
    [Theory]
    [InlineData("GLIBC_2.2", new[] { SmallElf.Flags22 })]
    [InlineData("GLIBC_2.4", new[] { SmallElf.Flags24, SmallElf.SecondFlags24 })]
    [InlineData("GLIBCXX_3.4.32", new[] { SmallElf.FlagsCxx })]
    [InlineData("GLIBCXX_3.4.3", new int[0])]
    [InlineData("GLIBC_2.40", new int[0])]
    public void Exactly_the_requirements_of_that_version_become_weak(string version, int[] flags)
    {
        var image = new ElfImage(SmallElf.Bytes());
        var expected = SmallElf.Bytes();
        foreach (var at in flags) expected[at] = 2;
        Assert.Equal(flags.Length, image.WeakenRequirement(version));
        Assert.Equal(expected, image.Bytes);
    }

    [Fact]
    public void The_real_library_changes_in_one_flag()
    {
        var path = Path.Combine(TorchLibrary.Directory()!, "libLibTorchSharp.so");
        var (before, after) = (File.ReadAllBytes(path), TorchLibrary.Weakened(path));
        var changed = Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).ToList();
        Assert.Equal((0, 2), (before[Assert.Single(changed)], after[changed[0]]));
        Assert.Equal(0, new ElfImage(before).WeakenRequirement("GLIBCXX_9.9"));
    }

    [Fact]
    public void Every_truncation_is_refused_or_harmless()
    {
        var whole = SmallElf.Bytes();
        for (var length = 0; length < whole.Length; length++) Harmless(whole[..length]);
    }

    [Fact]
    public void Damaged_bytes_never_do_worse_than_an_invalid_data_exception() =>
        Gen.Select(Gen.Int[0, SmallElf.Bytes().Length - 1], Gen.Byte).Array[1, 8].Sample(changes =>
        {
            var damaged = SmallElf.Bytes();
            foreach (var (at, value) in changes) damaged[at] = value;
            Harmless(damaged);
        }, iter: 5000, threads: 1);

    [Fact]
    public void Garbage_is_refused() => Gen.Byte.Array[0, 200].Sample(bytes =>
        Assert.Throws<InvalidDataException>(() => new ElfImage(bytes).WeakenRequirement("GLIBC_2.4")), iter: 500, threads: 1);

    [Fact]
    public void A_file_of_another_word_size_is_refused() =>
        Assert.Throws<InvalidDataException>(() => new ElfImage([.. "\u007fELF\u0001\u0001"u8, .. new byte[100]]).WeakenRequirement("GLIBC_2.4"));

    private static void Harmless(byte[] bytes)
    {
        var exception = Record.Exception(() => new ElfImage(bytes).WeakenRequirement("GLIBC_2.4"));
        Assert.True(exception is null or InvalidDataException, exception?.ToString());
    }
}
