using System.CommandLine;
using AutoSlim.Host.Commands;
using AutoSlim.Slimming;

namespace AutoSlim.Host.Tests.Commands;

public sealed class SearchChoiceTests
{
    [Theory]
    [InlineData("--search fast")]
    [InlineData("--search shared")]
    [InlineData("--search fast --blocks 2")]
    [InlineData("--search shared --rescored 5 --blocks 2")]
    [InlineData("--search fast --rule paper --score error --rescored 4 --refresh 12 --blocks 1")]
    public void Flags_that_are_typed_again_give_the_same_search(string typed)
    {
        var options = Parsed(typed);
        Assert.Equal(options, Parsed(SearchChoice.Flags(options)));
    }

    [Fact]
    public void Flags_leave_defaults_out()
    {
        Assert.Equal("--search fast", SearchChoice.Flags(Parsed("")));
        Assert.Equal("--search shared", SearchChoice.Flags(Parsed("--search exhaustive --rule ratio --score loss --blocks 1")));
    }

    private static SlimmingOptions Parsed(string typed)
    {
        var choice = new SearchChoice();
        var verb = new Command("slim");
        choice.AddTo(verb);
        return choice.Options(verb.Parse(typed));
    }
}
