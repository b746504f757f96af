using System.CommandLine;
using System.CommandLine.Parsing;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;

namespace AutoSlim.Host.Commands;

/// <summary><c>describe</c>: what one configuration of a network costs. Values are read as text so that every problem is reported at once.</summary>
internal sealed class DescribeVerb
{
    private readonly Argument<string> network = new("NETWORK") { Description = $"one of {string.Join(", ", NetworkCatalog.Names)}" };

    private readonly Option<string> resolution = new("--resolution")
    {
        HelpName = "N",
        Description = "Pixels on each side of the image. Default: the file's; else 224, or 32 for cifar.",
    };

    private readonly Option<string> layout = new("--layout")
    {
        HelpName = string.Join('|', StrideLayoutWords.All),
        Description = "Where the resolution is halved; cifar keeps the stem and the second stage at stride 1. Default: the file's; else imagenet.",
    };

    private readonly Option<string> width = new("--width")
    {
        HelpName = "X",
        Description = $"One width multiplier for all layers, {FittingNetwork.NarrowestWidth} to {FittingNetwork.WidestWidth:0.0}. Default: 1.0.",
    };

    private readonly Option<string> channels = new("--channels")
    {
        HelpName = "LIST-or-FILE",
        Description = "The published list, comma-separated, classes last; or a channels.json; or a text file with such a list.",
    };

    private readonly Option<string> classes = new("--classes")
    {
        HelpName = "N",
        Description = "Outputs of the classifier. Default: the list's or file's; else 1000, or 10 for cifar.",
    };

    private readonly Option<bool> json = CommonOptions.Json();

    public Command Command
    {
        get
        {
            var verb = new Command("describe", "Counts multiply-adds, parameters and activation memory of one channel configuration.")
            {
                network, resolution, layout, width, channels, classes, json,
            };
            verb.Validators.Add(Validate);
            return verb.Runs(RunAsync);
        }
    }

    /// <summary>Reads everything once while the command line is parsed: value problems and parser problems come out together.</summary>
    private void Validate(CommandResult result)
    {
        try
        {
            SubjectReader.Read(Options(result));
        }
        catch (UsageException wrong)
        {
            foreach (var problem in wrong.Problems) result.AddError(problem);
        }
    }

    private Task RunAsync(ParseResult parsed, CancellationToken token)
    {
        var subject = SubjectReader.Read(Options(parsed.CommandResult));
        var output = parsed.InvocationConfiguration.Output;
        var description = NetworkDescription.Of(subject!);
        if (parsed.GetValue(json)) JsonOutput.Write(output, description);
        else DescriptionTable.Write(TerminalOutput.For(output), description, subject!.Definition.Specification.Classes);
        return Task.CompletedTask;
    }

    private DescribeOptions Options(CommandResult result) => new(
        Typed(result.GetResult(network)),
        Typed(result.GetResult(layout)),
        Typed(result.GetResult(resolution)),
        Typed(result.GetResult(width)),
        Typed(result.GetResult(channels)),
        Typed(result.GetResult(classes)));

    private static string? Typed(SymbolResult? symbol) => symbol is { Tokens: [var token, ..] } ? token.Value : null;
}
