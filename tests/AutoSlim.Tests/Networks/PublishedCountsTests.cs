using AutoSlim.Costs;
using AutoSlim.Networks;

namespace AutoSlim.Tests.Networks;

public sealed class PublishedCountsTests
{
    private static readonly PublishedTable Table = PublishedTable.Load();

    public static TheoryData<string> Models => [.. Table.Models.Select(model => model.Model)];

    public static TheoryData<string> Families => [.. Table.Families.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void Multiply_adds_and_parameters_equal_the_published_list(string name)
    {
        var model = Table.Models.Single(model => model.Model == name);
        var definition = Definition(model);
        var network = definition.Resolve(definition.FromPublished(model.Channels));
        Assert.Equal(model.MultiplyAdds, MultiplyAdds.Count(network));
        Assert.Equal(model.Parameters, Parameters.Count(network));
        if (model.PaperMemory is long elements) Assert.Equal(elements, PaperMemory.Elements(network));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_published_list_survives_the_round_trip(string name)
    {
        var model = Table.Models.Single(model => model.Model == name);
        var definition = Definition(model);
        Assert.Equal(model.Channels, definition.ToPublished(definition.FromPublished(model.Channels)));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Ties_maxima_and_blocks_equal_the_published_family(string network)
    {
        var family = Table.Families[network];
        var definition = NetworkCatalog.Create(new(network, StrideLayout.Imagenet, 224));
        Assert.Equal(family.Maximum, definition.ToPublished(definition.Widest));
        Assert.Equal(family.Steps, definition.Groups.Select(group => group.Step));
        Assert.Equal(family.Ties, definition.Groups.Select(group => PositionsOf(definition, group)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_block_grid_reaches_every_searched_width(string name)
    {
        var model = Table.Models.Single(model => model.Model == name);
        if (!name.StartsWith("AutoSlim", StringComparison.Ordinal)) return;
        var definition = Definition(model);
        var target = definition.FromPublished(model.Channels);
        Assert.All(definition.Groups, group => Assert.Contains(target[group.Name], Grid(group)));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void The_number_of_slimming_steps_equals_the_published_one(string network)
    {
        var definition = NetworkCatalog.Create(new(network, StrideLayout.Imagenet, 224));
        var steps = Table.Models
            .Where(model => model.Network == network && model.Model.StartsWith("AutoSlim", StringComparison.Ordinal))
            .OrderBy(model => model.MultiplyAdds)
            .Select(model => definition.FromPublished(model.Channels))
            .Select(target => definition.Groups.Sum(group => Grid(group).ToList().IndexOf(target[group.Name])));
        Assert.Equal(Table.Families[network].StepsFromMaximum.OrderDescending().Intersect(steps), steps);
    }

    private static NetworkDefinition Definition(PublishedModel model)
    {
        var layout = Enum.Parse<StrideLayout>(model.Layout, ignoreCase: true);
        double? maximumWidth = model.Model.Contains("1.5x", StringComparison.Ordinal) ? 1.5 : null;
        return NetworkCatalog.Create(new(model.Network, layout, model.Resolution, Classes: model.Channels[^1], MaximumWidth: maximumWidth));
    }

    private static IEnumerable<int> Grid(ChannelGroup group)
    {
        for (int? channels = group.Maximum; channels is int width; channels = group.Below(width)) yield return width;
    }

    private static IEnumerable<int> PositionsOf(NetworkDefinition definition, ChannelGroup group)
    {
        var narrowed = definition.ToPublished(definition.Widest.With(group.Name, group.Minimum));
        return definition.ToPublished(definition.Widest).Zip(narrowed).Index().Where(pair => pair.Item.First != pair.Item.Second).Select(pair => pair.Index);
    }
}
