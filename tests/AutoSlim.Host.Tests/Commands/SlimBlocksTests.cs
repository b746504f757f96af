using System.Text.Json;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Commands;

public sealed class SlimBlocksTests(SlimmedRun slimmed) : IClassFixture<SlimmedRun>
{
    /// <summary>The run was slimmed by the fast search and <c>--blocks 3</c>.</summary>
    [Fact]
    public void Blocks_that_are_asked_for_are_taken_whatever_part_of_a_layer_they_are()
    {
        using var record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(slimmed.Copy("blocks"), "search.json")));
        var options = record.RootElement.GetProperty("options");
        Assert.Equal((3, 1.0), (options.GetProperty("blocksPerStep").GetInt32(), options.GetProperty("largestShare").GetDouble()));
    }
}
