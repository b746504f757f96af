using System.Text.Json;
using AutoSlim.Networks;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Commands;

public sealed class DescribeTests
{
    private const string WidthOneAndAHalf = "48,96,192,192,384,384,768,768,768,768,768,768,1536,1536,1000";

    [Theory]
    [InlineData("\u001b[2Jno list", 2)]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u 1", 22)]
    public async Task A_file_that_is_something_else_is_refused_in_one_line_without_its_content(string content, int words)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("model.onnx", content);
        var run = await CommandLine.RunAsync("describe", "mobilenet_v1", "--channels", path);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal($"autoslim: file '{path}' is no list of channels: {Math.Min(words, 21)} of its {words} words are no whole numbers; give a comma-separated list, classes last, or a channels.json", Assert.Single(run.Problems));
    }

    [Fact]
    public async Task Json_has_exactly_the_documented_keys_in_their_order()
    {
        var result = await DescribeAsync("mobilenet_v2", "--width", "0.5");
        string[] keys = ["network", "layout", "resolution", "multiplyAdds", "parameters", "peakActivationBytes", "groups"];
        string[] groupKeys = ["name", "channels", "maximum", "minimum", "step"];
        Assert.Equal(keys, result.EnumerateObject().Select(property => property.Name));
        Assert.All(result.GetProperty("groups").EnumerateArray(), group => Assert.Equal(groupKeys, group.EnumerateObject().Select(property => property.Name)));
        Assert.Equal("imagenet", result.GetProperty("layout").GetString());
    }

    [Theory]
    [InlineData("imagenet", 224, 3_504_872)]
    [InlineData("cifar", 32, 2_236_682)]
    public async Task A_layout_brings_its_resolution_and_classes(string layout, int resolution, long parameters)
    {
        var result = await DescribeAsync("mobilenet_v2", "--layout", layout);
        Assert.Equal(resolution, result.GetProperty("resolution").GetInt32());
        Assert.Equal(parameters, result.GetProperty("parameters").GetInt64());
    }

    [Theory]
    [InlineData("--width", "1.5")]
    [InlineData("--channels", WidthOneAndAHalf)]
    public async Task A_uniform_width_beyond_the_default_maximum_widens_the_network(string option, string value)
    {
        var result = await DescribeAsync("mobilenet_v1", option, value);
        Assert.Equal(8_702_152, result.GetProperty("parameters").GetInt64());
        Assert.Equal(48, result.GetProperty("groups")[0].GetProperty("maximum").GetInt32());
    }

    [Fact]
    public async Task A_text_file_may_spread_its_list_over_lines()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("list.txt", WidthOneAndAHalf.Replace(",768,768,1536", ",\n  768,768,1536", StringComparison.Ordinal) + "\n");
        Assert.Equal(8_702_152, (await DescribeAsync("mobilenet_v1", "--channels", path)).GetProperty("parameters").GetInt64());
    }

    [Fact]
    public async Task A_channel_file_brings_its_layout_resolution_and_classes_and_options_overrule_it()
    {
        using var folder = new TemporaryFolder();
        var definition = NetworkCatalog.Create(new("mobilenet_v2", StrideLayout.Cifar, 40, Classes: 7));
        var path = Path.Combine(folder.Path, "channels.json");
        ChannelFile.Of(definition, definition.Uniform(0.5)).Write(path);
        var own = await DescribeAsync("mobilenet_v2", "--channels", path);
        Assert.Equal("cifar", own.GetProperty("layout").GetString());
        Assert.Equal(40, own.GetProperty("resolution").GetInt32());
        Assert.Equal(definition.Uniform(0.5).Select(pair => pair.Value), own.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("channels").GetInt32()));
        var asked = await DescribeAsync("mobilenet_v2", "--channels", path, "--resolution", "64");
        Assert.Equal(64, asked.GetProperty("resolution").GetInt32());
    }

    [Fact]
    public async Task The_table_for_people_fits_80_columns()
    {
        var run = await CommandLine.RunAsync("describe", "resnet50");
        Assert.Contains("4,089,184,256", run.Output, StringComparison.Ordinal);
        Assert.Contains("stage4.block2.conv1", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task Networks_lists_every_network_of_the_catalog()
    {
        var run = await CommandLine.RunAsync("networks", "--json");
        var networks = JsonDocument.Parse(run.Output).RootElement.EnumerateArray().ToList();
        Assert.Equal(NetworkCatalog.Names, networks.Select(network => network.GetProperty("network").GetString()!));
        Assert.Equal(["network", "groups", "multiplyAdds", "parameters"], networks[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(568_740_352, networks[0].GetProperty("multiplyAdds").GetInt64());
    }

    private static async Task<JsonElement> DescribeAsync(params string[] arguments)
    {
        var run = await CommandLine.RunAsync(["describe", .. arguments, "--json"]);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
