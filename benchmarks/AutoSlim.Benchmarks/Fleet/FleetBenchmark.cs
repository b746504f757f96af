using System.CommandLine;
using AutoSlim.Benchmarks.Fleet.Chaos;
using AutoSlim.Benchmarks.Fleet.Fuzz;
using AutoSlim.Benchmarks.Fleet.Load;
using AutoSlim.Benchmarks.Frame;
using AutoSlim.Host.Commands;

namespace AutoSlim.Benchmarks.Fleet;

/// <summary><c>fleet</c>: the headless host under a thousand agents, under kills and faults, and under hostile messages.</summary>
internal sealed class FleetBenchmark
{
    private readonly Option<int> agents = new("--agents") { HelpName = "N", Description = "Agents at once; 0 leaves the load out.", DefaultValueFactory = _ => 1000 };
    private readonly Option<int> seconds = new("--seconds") { HelpName = "N", Description = "That the load is measured.", DefaultValueFactory = _ => 60 };
    private readonly Option<int> kills = new("--kills") { HelpName = "N", Description = "Of hosts and agents; 0 leaves them out.", DefaultValueFactory = _ => 200 };
    private readonly Option<int> frames = new("--frames") { HelpName = "N", Description = "Hostile messages; 0 leaves them out.", DefaultValueFactory = _ => 1_000_000 };
    private readonly Option<int> seed = new("--seed") { HelpName = "N", Description = "Of all that is random.", DefaultValueFactory = _ => 1 };

    public Command Command
    {
        get
        {
            var benchmark = new Command("fleet", "The headless host under a thousand agents, under kills and faults, and under hostile messages.") { agents, seconds, kills, frames, seed };
            benchmark.Validators.Add(result => Ranges.Check(result, agents, 0, 10_000));
            benchmark.Validators.Add(result => Ranges.Check(result, seconds, 1, 3600));
            benchmark.Validators.Add(result => Ranges.Check(result, kills, 0, 10_000));
            benchmark.Validators.Add(result => Ranges.Check(result, frames, 0, 100_000_000));
            return benchmark.Measures(RunAsync);
        }
    }

    private async Task<BenchmarkReport> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var plan = new FleetPlan(parsed.GetValue(agents), parsed.GetValue(seconds), parsed.GetValue(kills), parsed.GetValue(frames), parsed.GetValue(seed));
        var error = parsed.InvocationConfiguration.Error;
        void Tell(string line) => error.WriteLine(line);
        var load = plan.Agents > 0 ? await new LoadTrial(plan, Tell).RunAsync(cancellation) : null;
        var chaos = plan.Kills > 0 ? await new ChaosTrial(plan, Tell).RunAsync(cancellation) : null;
        var fuzz = plan.Frames > 0 ? await new FuzzTrial(plan, Tell).RunAsync(cancellation) : null;
        return new(new FleetFigures(load, chaos, fuzz));
    }
}
