using System.CommandLine;
using AutoSlim.Costs;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;

namespace AutoSlim.Host.Commands;

/// <summary><c>profile</c>: measures what a device's cost table lacks for a network.</summary>
internal sealed class ProfileVerb
{
    private readonly Argument<string> network = RunOptions.Network();
    private readonly Option<string> device = RunOptions.Device();
    private readonly Option<string?> layout = RunOptions.Layout();
    private readonly Option<int?> resolution = RunOptions.Resolution();
    private readonly Option<int> inputChannels = new("--input-channels") { HelpName = "N", Description = "1 for grey images, 3 for colour.", DefaultValueFactory = _ => 3 };
    private readonly Option<int?> classes = new("--classes") { HelpName = "N", Description = "Outputs of the classifier. Default: 1000, or 10 for cifar." };
    private readonly Option<string> profiles = RunOptions.Profiles();
    private readonly Option<bool> plan = new("--plan") { Description = "Tells what would be measured and about how long it takes, and measures nothing; needs no device." };
    private readonly Option<bool> memory = new("--memory") { Description = "Measures also what memory whole networks take while they run; Linux devices only." };
    private readonly Option<bool> unsteady = RunOptions.Unsteady();
    private readonly Option<string?> server = RunOptions.Server();
    private readonly Option<int> port = RunOptions.Port();
    private readonly Option<double> timeout = RunOptions.ConnectTimeout();

    public Command Command
    {
        get
        {
            var verb = new Command("profile", "Measures on a device what its cost table lacks for a network.")
            {
                network, device, layout, resolution, inputChannels, classes, profiles, plan, memory, unsteady, server, port, timeout,
            };
            verb.Validators.Add(result => RunOptions.CheckNetwork(result, network, layout));
            verb.Validators.Add(result => Ranges.Check(result, port, 0, 65535));
            verb.Validators.Add(result => Ranges.Check(result, resolution, NetworkCatalog.SmallestResolution, RunOptions.LargestResolution));
            verb.Validators.Add(result => Ranges.Check(result, inputChannels, 1, 4096));
            verb.Validators.Add(result => Ranges.Check(result, classes, 1, RunOptions.MostClasses));
            verb.Validators.Add(result => Ranges.Check(result, timeout, 1, 86_400));
            return verb.Runs(RunAsync);
        }
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var strides = RunOptions.LayoutOf(parsed.GetValue(layout));
        var definition = NetworkCatalog.Create(new(
            parsed.GetValue(network)!, strides, parsed.GetValue(resolution) ?? strides.UsualResolution(),
            parsed.GetValue(inputChannels), parsed.GetValue(classes) ?? strides.UsualClasses()));
        var notices = parsed.InvocationConfiguration.Error;
        if (parsed.GetValue(plan))
        {
            await PlanText.WriteAsync(parsed.InvocationConfiguration.Output, definition, parsed.GetValue(profiles)!, parsed.GetValue(device)!, parsed.GetValue(memory));
            return;
        }

        await using var session = await DeviceSession.OpenAsync(parsed.GetValue(device)!, RunOptions.Session(parsed, server, port, timeout), notices, cancellation);
        var stage = new ProfileStage(StageConsole.For(notices), notices, parsed.GetValue(profiles)!) { Steadiness = RunOptions.Steadiness(parsed, unsteady, Steadiness.Required) };
        var costs = await stage.RunAsync(definition, session.Device, seed: 1, cancellation);
        var calibration = costs.Latency!.Calibration;
        await parsed.InvocationConfiguration.Output.WriteLineAsync(
            $"{CostTableFile.PathFor(parsed.GetValue(profiles)!, session.Device.Name, session.Device.Description)}: {costs.Table.Measurements.Count} measurements; "
            + FormattableString.Invariant($"whole networks predicted within {calibration.MedianRelativeError:0.0 %} (median) and {calibration.MaximumRelativeError:0.0 %} (worst of {calibration.Anchors}, each left out)"));
        if (parsed.GetValue(memory)) await MeasureMemoryAsync(parsed, definition, session.Device, costs, cancellation);
    }

    private async Task MeasureMemoryAsync(ParseResult parsed, NetworkDefinition definition, ConnectedDevice measuring, DeviceCosts costs, CancellationToken cancellation)
    {
        var stage = new MemoryStage(StageConsole.For(parsed.InvocationConfiguration.Error), definition, measuring);
        var law = (await stage.RunAsync(costs, parsed.GetValue(profiles)!, cancellation)).Memory!.Calibration;
        await parsed.InvocationConfiguration.Output.WriteLineAsync(FormattableString.Invariant(
            $"memory: {law.Scale:0.00} x activations alive at once + {law.ConstantBytes / 1e6:0.00} MB; predicted within {law.MedianRelativeError:0.0 %} (median) and {law.MaximumRelativeError:0.0 %} (worst of {law.Anchors}, each left out)"));
    }
}
