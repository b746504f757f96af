using System.Text.Json;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Training.Tests.Optimisation;

public sealed class MilestonesTests
{
    [Fact]
    public void Text_and_json_give_back_what_they_were_made_of()
    {
        var milestones = new Milestones(0.3, 0.6, 0.9);
        Assert.Equal("0.3,0.6,0.9", milestones.ToString());
        Assert.Equal(milestones, Milestones.Parse("0.3,0.6, 0.9"));
        Assert.Equal("[0.3,0.6,0.9]", JsonSerializer.Serialize(milestones));
        Assert.Equal(milestones, JsonSerializer.Deserialize<Milestones>("[0.3,0.6,0.9]"));
        Assert.Equal(milestones.GetHashCode(), new Milestones(0.3, 0.6, 0.9).GetHashCode());
        Assert.NotEqual(milestones, new Milestones(0.3, 0.6));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0.3,")]
    [InlineData("half")]
    public void Text_that_holds_no_numbers_gives_none(string text) => Assert.Null(Milestones.Parse(text));

    [Theory]
    [InlineData("null")]
    [InlineData("0.3")]
    [InlineData("[null]")]
    public void Json_that_is_no_array_of_numbers_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Milestones>(json));

    [Fact]
    public void None_at_all_are_in_order_and_so_is_one() => Assert.True(new Milestones().AreInOrder && new Milestones(0.5).AreInOrder);

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 1)]
    [InlineData(0.5, 0.5)]
    public void Ends_and_repetitions_are_not_in_order(double first, double second) => Assert.False(new Milestones(first, second).AreInOrder);
}
