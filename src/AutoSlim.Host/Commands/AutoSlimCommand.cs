using System.CommandLine;
using System.CommandLine.Help;
using AutoSlim.Host.Commands.Fleet;
using AutoSlim.Host.Commands.Tables;

namespace AutoSlim.Host.Commands;

/// <summary>The <c>autoslim</c> command: a table of its verbs. To add one, add a line to <see cref="Verbs"/>.</summary>
public static class AutoSlimCommand
{
    public const string Name = "autoslim";

    private const int HelpColumns = 80;

    /// <summary>The verbs in the order of the help text, made anew for every run.</summary>
    private static IEnumerable<Command> Verbs() =>
    [
        new DemoVerb().Command,
        new NetworksVerb().Command,
        new DescribeVerb().Command,
        new TrainVerb().Command,
        new ProfileVerb().Command,
        ProfilesVerb.Create(),
        new SlimVerb().Command,
        new RetrainVerb().Command,
        new ExportVerb().Command,
        new VerifyVerb().Command,
        new ServeVerb().Command,
        new DevicesVerb().Command,
        new EnrollVerb().Command,
        new OperatorVerb().Command,
        new JobsVerb().Command,
    ];

    public static Command Create()
    {
        var root = new Command(Name, "Slims neural networks to a latency measured on your device.")
        {
            new HelpOption { Action = new HelpAction { MaxWidth = HelpColumns } },
            new VersionOption(),
        };
        foreach (var verb in Verbs()) root.Add(verb);
        return root;
    }
}
