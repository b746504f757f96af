using System.CommandLine;
using AutoSlim.Host.Demo;
using AutoSlim.Host.Report;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;

namespace AutoSlim.Host.Commands;

/// <summary><c>demo</c>: the whole loop on this machine.</summary>
internal sealed class DemoVerb
{
    private static readonly DemoOptions Defaults = new();

    private readonly Option<string> output = new("--out") { HelpName = "DIR", Description = "Folder of the run; an interrupted one goes on.", DefaultValueFactory = _ => Defaults.Out };
    private readonly Option<string?> data = new("--data") { HelpName = "DIR", Description = "IDX or CIFAR-binary folder. Default: the embedded images." };
    private readonly Option<string[]> targets = new("--target")
    {
        HelpName = "\"NAME: latency@local<=1ms\"",
        Description = "A budget to slim to; repeatable. Default: three between the 1.0x and the narrowest network.",
    };

    private readonly Option<string> profiles = new("--profiles") { HelpName = "DIR", Description = "Folder of the cost tables.", DefaultValueFactory = _ => Defaults.Profiles };
    private readonly Option<bool> unsteady = RunOptions.Unsteady();
    private readonly Option<ulong> seed = new("--seed") { HelpName = "N", Description = "Decides everything random.", DefaultValueFactory = _ => Defaults.Seed };
    private readonly Option<int> threads = new("--threads") { HelpName = "N", Description = "Threads that train.", DefaultValueFactory = _ => Defaults.Threads };
    private readonly Option<int> port = new("--port") { HelpName = "N", Description = "Loopback port that the agent connects to; 0 takes any.", DefaultValueFactory = _ => Defaults.Port };
    private readonly Option<int> trainingImages = new("--training-images") { HelpName = "N", Description = "Training images used; 0 takes all.", DefaultValueFactory = _ => Defaults.TrainingImages };
    private readonly Option<int> searchImages = new("--search-images") { HelpName = "N", Description = "Of these, images held out for the search.", DefaultValueFactory = _ => Defaults.SearchImages };
    private readonly Option<int> supernetEpochs = new("--supernet-epochs") { HelpName = "N", Description = "Epochs of the supernet.", DefaultValueFactory = _ => Defaults.SupernetEpochs };
    private readonly Option<int> finalEpochs = new("--final-epochs") { HelpName = "N", Description = "Epochs of each chosen network.", DefaultValueFactory = _ => Defaults.FinalEpochs };
    private readonly Option<double> maximumWidth = new("--max-width") { HelpName = "X", Description = "Width multiplier of the supernet.", DefaultValueFactory = _ => Defaults.MaximumWidth };
    private readonly Option<bool> json = CommonOptions.Json();

    public Command Command
    {
        get
        {
            var verb = new Command("demo", "Trains, profiles, slims, retrains and verifies on this machine, with an agent of its own.")
            {
                output, data, targets, profiles, unsteady, seed, threads, port, trainingImages, searchImages, supernetEpochs, finalEpochs, maximumWidth, json,
            };
            verb.Validators.Add(result => Ranges.Check(result, port, 0, 65535));
            verb.Validators.Add(result => Ranges.Check(result, threads, 1, 1024));
            verb.Validators.Add(result => Ranges.Check(result, trainingImages, 0, int.MaxValue));
            verb.Validators.Add(result => Ranges.Check(result, searchImages, 10, 1_000_000));
            verb.Validators.Add(result => Ranges.Check(result, supernetEpochs, 1, 10_000));
            verb.Validators.Add(result => Ranges.Check(result, finalEpochs, 1, 10_000));
            verb.Validators.Add(result => Ranges.Check(result, maximumWidth, 0.2, 2.0));
            verb.Validators.Add(result => TargetOption.Check(result, targets));
            return verb.Runs(RunAsync);
        }
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (results, notices) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var options = Options(parsed);
        var result = await new DemoRun(options, StageConsole.For(notices), notices).RunAsync(cancellation);
        var run = new RunFolder(options.Out);
        result.Summary.Write(run.SummaryPath);
        ReportPage.Write(run.ReportPath, result.Report(options.Seed));
        if (parsed.GetValue(json)) await results.WriteAsync(result.Summary.ToJson());
        else SummaryTable.Write(results, result.Summary);
        await notices.WriteLineAsync($"report: {run.ReportPath}");
    }

    private DemoOptions Options(ParseResult parsed) => new()
    {
        Out = parsed.GetValue(output)!,
        Steadiness = RunOptions.Steadiness(parsed, unsteady, Steadiness.Preferred),
        Data = parsed.GetValue(data),
        Targets = TargetOption.Read(parsed.GetValue(targets)),
        Profiles = parsed.GetValue(profiles)!,
        Seed = parsed.GetValue(seed),
        Threads = parsed.GetValue(threads),
        Port = parsed.GetValue(port),
        TrainingImages = parsed.GetValue(trainingImages),
        SearchImages = parsed.GetValue(searchImages),
        SupernetEpochs = parsed.GetValue(supernetEpochs),
        FinalEpochs = parsed.GetValue(finalEpochs),
        MaximumWidth = parsed.GetValue(maximumWidth),
    };
}
