using AutoSlim.Agent.Limits;

namespace AutoSlim.Agent.Tests.Limits;

public sealed class CoreMaskTests
{
    [Theory]
    [InlineData("0", new[] { 0 })]
    [InlineData("0-3,6", new[] { 0, 1, 2, 3, 6 })]
    [InlineData("2,1,1-2", new[] { 1, 2 })]
    public void A_list_names_processors_and_ranges(string list, int[] processors) => Assert.Equal(processors, CoreMask.Parse(list));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("3-1")]
    [InlineData("1-2-3")]
    [InlineData("-1")]
    [InlineData("0,")]
    [InlineData("1024")]
    [InlineData("99999999999")]
    public void Anything_else_is_no_list(string list) => Assert.Null(CoreMask.Parse(list));
}
