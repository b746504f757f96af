using System.CommandLine;
using System.CommandLine.Parsing;
using AutoSlim.Host.Remote;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Commands;

/// <summary>Options that the verbs of a run share, and their checks.</summary>
internal static class RunOptions
{
    /// <summary>Pixels on each side of an image.</summary>
    public const int LargestResolution = 8192;

    public const int MostClasses = 1_000_000;

    public static Argument<string> Network() => new("NETWORK") { Description = $"one of {string.Join(", ", NetworkCatalog.Names)}" };

    public static Argument<string> Run() => new("RUN") { Description = "Folder of a run that train began." };

    public static Option<string?> Layout() => new("--layout")
    {
        HelpName = string.Join('|', StrideLayoutWords.All),
        Description = "Where the resolution is halved; cifar keeps the stem and the second stage at stride 1. Default: imagenet.",
    };

    public static Option<int?> Resolution() => new("--resolution") { HelpName = "N", Description = "Pixels on each side of the image. Default: 224, or 32 for cifar." };

    /// <param name="does">What the verb does to a network, such as <c>Export</c>.</param>
    public static Option<string[]> Targets(string does) => new("--target") { HelpName = "NAME", Description = $"{does} this network only; repeatable. Default: all." };

    public static Option<string> Device() => new("--device")
    {
        HelpName = "NAME",
        Description = "The device; 'local' starts an agent on this machine.",
        DefaultValueFactory = _ => DeviceSession.LocalDevice,
    };

    public static Option<string> Profiles() => new("--profiles") { HelpName = "DIR", Description = "Folder of the cost tables.", DefaultValueFactory = _ => "profiles" };

    public static Option<bool> Unsteady() => new("--unsteady") { Description = "Take the times of a device that does not keep one speed as they come, without waiting for it, and tell how far it was off." };

    /// <param name="otherwise">What the verb does without the option.</param>
    public static Steadiness Steadiness(ParseResult parsed, Option<bool> unsteady, Steadiness otherwise) => parsed.GetValue(unsteady) ? Stages.Steadiness.Ignored : otherwise;

    public static Option<string?> Server() => new("--server")
    {
        HelpName = "URL",
        Description = $"A running host (autoslim serve) whose devices are asked, all but 'local', with its operator's token in {HostAddress.TokenVariable}; otherwise the hub is opened here. Default: {HostAddress.ServerVariable}.",
    };

    public static Option<int> Port() => new("--port") { HelpName = "N", Description = $"Loopback port that the agent connects to with the token in {ProfilerProtocol.TokenVariable}; 0 takes any." };

    public static Option<double> ConnectTimeout() => new("--connect-timeout") { HelpName = "SECONDS", Description = "How long to wait for the agent. In a job: for ever, unless given.", DefaultValueFactory = _ => 60 };

    public static StrideLayout LayoutOf(string? word) => word is null ? StrideLayout.Imagenet : StrideLayoutWords.Parse(word)!.Value;

    public static void CheckNetwork(CommandResult result, Argument<string> network, Option<string?> layout)
    {
        if (result.GetResult(network)?.Tokens is [var name] && !NetworkCatalog.Names.Contains(name.Value))
            result.AddError($"unknown network '{name.Value}'; choose one of {string.Join(", ", NetworkCatalog.Names)}{NearestName.Hint(name.Value, NetworkCatalog.Names)}");
        if (result.GetResult(layout)?.Tokens is [var word] && StrideLayoutWords.Parse(word.Value) is null)
            result.AddError($"unknown layout '{word.Value}'; choose {string.Join(" or ", StrideLayoutWords.All)}{NearestName.Hint(word.Value, StrideLayoutWords.All)}");
    }

    public static DeviceSessionOptions Session(ParseResult parsed, Option<string?> server, Option<int> port, Option<double> timeout) => new()
    {
        Server = HostAddress.Find(parsed.GetValue(server)),
        Port = parsed.GetValue(port),
        Token = Environment.GetEnvironmentVariable(ProfilerProtocol.TokenVariable),
        ConnectTimeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
        IsTimeoutGiven = parsed.GetResult(timeout) is { Implicit: false },
    };
}
