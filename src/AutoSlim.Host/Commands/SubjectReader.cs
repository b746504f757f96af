using System.Globalization;
using AutoSlim.Networks;

namespace AutoSlim.Host.Commands;

/// <summary>From the options of <c>describe</c> to a network and its channels, or to every problem at once.</summary>
internal sealed class SubjectReader
{
    private readonly DescribeOptions options;
    private readonly List<string> problems = [];

    private SubjectReader(DescribeOptions options) => this.options = options;

    /// <returns>Null when no network is named.</returns>
    /// <exception cref="UsageException">With every problem.</exception>
    public static Subject? Read(DescribeOptions options)
    {
        var reader = new SubjectReader(options);
        var subject = reader.Read();
        return reader.problems.Count == 0 ? subject : throw new UsageException(reader.problems);
    }

    private Subject? Read()
    {
        var network = KnownNetwork();
        var layout = KnownLayout();
        var resolution = Number("--resolution", options.Resolution, NetworkCatalog.SmallestResolution, RunOptions.LargestResolution);
        var classes = Number("--classes", options.Classes, 1, RunOptions.MostClasses);
        var width = Width();
        if (options.Width is not null && options.Channels is not null)
            problems.Add($"--width {options.Width} and --channels {options.Channels} exclude each other; give one of them");
        var source = Source();
        if (network is null) return null;
        if (source?.File is ChannelFile file) return OfFile(file, network, layout, resolution, classes);
        var specification = Specification(network, layout, resolution, classes);
        return source?.List is IReadOnlyList<int> list ? OfList(list, specification, classes) : Uniform(specification, width);
    }

    private static NetworkSpecification Specification(string network, StrideLayout? layout, int? resolution, int? classes)
    {
        var chosen = layout ?? StrideLayout.Imagenet;
        return new(network, chosen, resolution ?? chosen.UsualResolution(), Classes: classes ?? chosen.UsualClasses());
    }

    private static Subject Uniform(NetworkSpecification specification, double width)
    {
        var definition = FittingNetwork.ForWidth(specification, width);
        return new(definition, definition.Uniform(width));
    }

    private Subject? OfList(IReadOnlyList<int> list, NetworkSpecification specification, int? classes)
    {
        if (list[^1] is < 1 or > RunOptions.MostClasses)
            problems.Add($"the list ends with {list[^1]} classes; choose 1 to {RunOptions.MostClasses}");
        else if (classes is int other && other != list[^1])
            problems.Add($"--classes {other} contradicts the list, which ends with {list[^1]} classes; leave --classes out or make them equal");
        var definition = FittingNetwork.ForList(specification with { Classes = Math.Clamp(list[^1], 1, RunOptions.MostClasses) }, list);
        try
        {
            return new(definition, definition.FromPublished([.. list.SkipLast(1), definition.Specification.Classes]));
        }
        catch (InvalidChannelsException invalid)
        {
            problems.AddRange(invalid.Problems);
            return null;
        }
    }

    private Subject OfFile(ChannelFile file, string network, StrideLayout? layout, int? resolution, int? classes)
    {
        var own = file.Definition.Specification;
        if (own.Network != network)
            problems.Add($"file '{options.Channels}' holds channels of {own.Network}, not of {network}; name {own.Network} or another file");
        var asked = own with { Layout = layout ?? own.Layout, Resolution = resolution ?? own.Resolution, Classes = classes ?? own.Classes };
        return new(NetworkCatalog.Create(asked), file.Channels);
    }

    private string? KnownNetwork()
    {
        if (options.Network is null || NetworkCatalog.Names.Contains(options.Network)) return options.Network;
        problems.Add($"unknown network '{options.Network}'; choose one of {string.Join(", ", NetworkCatalog.Names)}{NearestName.Hint(options.Network, NetworkCatalog.Names)}");
        return null;
    }

    private StrideLayout? KnownLayout()
    {
        if (options.Layout is null) return null;
        var layout = StrideLayoutWords.Parse(options.Layout);
        if (layout is null)
            problems.Add($"unknown layout '{options.Layout}'; choose {string.Join(" or ", StrideLayoutWords.All)}{NearestName.Hint(options.Layout, StrideLayoutWords.All)}");
        return layout;
    }

    private int? Number(string option, string? text, int minimum, int maximum)
    {
        if (text is null) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum) return number;
        problems.Add($"{option} is '{text}', expected a whole number from {minimum} to {maximum}");
        return null;
    }

    private double Width()
    {
        const double usual = 1;
        if (options.Width is null) return usual;
        var isNumber = double.TryParse(options.Width, NumberStyles.Float, CultureInfo.InvariantCulture, out var width);
        if (isNumber && width is >= FittingNetwork.NarrowestWidth and <= FittingNetwork.WidestWidth) return width;
        problems.Add($"--width is '{options.Width}', expected a number from {FittingNetwork.NarrowestWidth} to {FittingNetwork.WidestWidth:0.0}, such as 0.75");
        return usual;
    }

    /// <returns>Null when none is given or it is not valid.</returns>
    private ChannelSource? Source()
    {
        if (options.Channels is null) return null;
        try
        {
            return ChannelSource.Read(options.Channels);
        }
        catch (InvalidChannelsException invalid)
        {
            problems.AddRange(invalid.Problems);
            return null;
        }
    }
}
