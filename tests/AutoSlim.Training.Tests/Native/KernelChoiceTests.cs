using AutoSlim.Training.Native;

namespace AutoSlim.Training.Tests.Native;

public sealed class KernelChoiceTests
{
    private static readonly (int, int, int) Amd = (0x68747541, 0x69746e65, 0x444d4163);
    private static readonly (int, int, int) Intel = (0x756e6547, 0x49656e69, 0x6c65746e);

    [Theory]
    [InlineData(0x00B00F21, true, true)] // family 26
    [InlineData(0x00B00F21, false, false)]
    [InlineData(0x00A10F11, true, false)] // family 25
    [InlineData(0x000306C3, true, false)] // family 6
    public void Only_the_processors_that_it_was_seen_on_are_kept_to_avx(int signature, bool isVirtual, bool expected)
    {
        Assert.Equal(expected, KernelChoice.IsWrongAboveAvx(Amd, signature, isVirtual));
        Assert.False(KernelChoice.IsWrongAboveAvx(Intel, signature, isVirtual));
    }
}
