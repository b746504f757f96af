using System.CommandLine;
using AutoSlim.Host.Jobs;
using AutoSlim.Host.Remote;
using AutoSlim.Host.Serving.Api;
using AutoSlim.Host.Terminal;
using Spectre.Console;

namespace AutoSlim.Host.Commands.Fleet;

/// <summary><c>jobs</c>: work for a running host.</summary>
internal sealed class JobsVerb
{
    private readonly Argument<FileInfo> file = new("FILE") { Description = "YAML or JSON: 'name' and 'steps', a list of verbs as they would be typed." };
    private readonly Argument<string> id = new("ID") { Description = "Of the job." };
    private readonly Option<bool> watch = new("--watch") { Description = "Print what the job prints until it is over." };
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly HostOptions host = new();

    public Command Command
    {
        get
        {
            var verb = new Command("jobs", "Lists a running host's jobs, newest first.") { json };
            host.AddTo(verb);
            verb.Add(Sub("submit", "Has the host do verbs one after another, through restarts.", SubmitAsync, file, watch));
            verb.Add(Sub("watch", "Prints what a job prints until it is over, through restarts of its host; exit code 1 where it failed.", (parsed, _, cancellation) => WatchAsync(parsed, parsed.GetValue(id)!, cancellation), id));
            verb.Add(Sub("cancel", "Stops a job; what it has made stays.", CancelAsync, id));
            verb.Add(Sub("resume", "Goes on with a job that failed or was cancelled, at the step where it was.", ResumeAsync, id));
            return verb.Runs(ListAsync);
        }
    }

    private Command Sub(string name, string description, Func<ParseResult, HostClient, CancellationToken, Task> work, params Symbol[] symbols)
    {
        var verb = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument) verb.Add(argument);
            else verb.Add((Option)symbol);
        }

        host.AddTo(verb);
        return verb.Runs(async (parsed, cancellation) =>
        {
            using var client = host.Open(parsed);
            await work(parsed, client, cancellation);
        });
    }

    private async Task SubmitAsync(ParseResult parsed, HostClient client, CancellationToken cancellation)
    {
        var source = parsed.GetValue(file)!;
        if (!source.Exists) throw new UsageException($"'{source}' does not exist");
        var text = await File.ReadAllTextAsync(source.FullName, cancellation);
        var job = await client.PostAsync<JobView>("api/jobs", new StringContent(text), cancellation);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(job.Id);
        if (parsed.GetValue(watch)) await WatchAsync(parsed, job.Id, cancellation);
    }

    private async Task WatchAsync(ParseResult parsed, string job, CancellationToken cancellation)
    {
        var watching = new JobWatch(() => host.Open(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var ended = await watching.ToEndAsync(job, cancellation);
        if (ended.State != JobView.Word(JobState.Done)) throw new CommandFailedException($"job '{job}' is {ended.State}{(ended.Message is null ? "" : $": {ended.Message}")}");
    }

    private async Task CancelAsync(ParseResult parsed, HostClient client, CancellationToken cancellation) => await client.DeleteAsync($"api/jobs/{parsed.GetValue(id)}", cancellation);

    private async Task ResumeAsync(ParseResult parsed, HostClient client, CancellationToken cancellation) =>
        await client.PostAsync<object?>($"api/jobs/{parsed.GetValue(id)}/resume", new StringContent(""), cancellation);

    private async Task ListAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = host.Open(parsed);
        var jobs = await client.GetAsync<List<JobView>>("api/jobs", cancellation);
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(json)) JsonOutput.Write(output, jobs);
        else if (jobs.Count == 0) await output.WriteLineAsync("no job was submitted; submit one with: autoslim jobs submit FILE");
        else TerminalOutput.For(output).Write(Table(jobs));
    }

    private static Table Table(IReadOnlyList<JobView> jobs)
    {
        var table = TerminalTable.Create("job", ["name", "state", "steps", "last"]);
        foreach (var job in jobs)
            table.AddRow(job.Id, Markup.Escape(job.Name), job.State, $"{job.StepsDone} of {job.Steps.Count}", Markup.Escape(job.Message ?? job.LastLine));
        return table;
    }
}
