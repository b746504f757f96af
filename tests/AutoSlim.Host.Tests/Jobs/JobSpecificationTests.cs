using System.Diagnostics;
using AutoSlim.Host.Jobs;

namespace AutoSlim.Host.Tests.Jobs;

public sealed class JobSpecificationTests
{
    private static readonly string[] Beginnings =
    [
        "name 'a b' must start", "step 1: it is empty", "step 2: 'rm' is no verb for a job, expected one of train, profile, slim, retrain, export, verify", "step 3: unknown network 'mobilenet_v9'",
        "step 4: '--server' is for the host to say: leave it out", "step 5: '--port=5' is for the host to say: leave it out", "step 6: '--server:https://elsewhere' is for the host to say: leave it out",
        "step 7: 'demo' is no verb for a job", "step 8: it asks for help", "step 9: unknown option '--bogus'",
    ];

    [Theory]
    [InlineData("name: night\nsteps:\n- export run\n- verify \"a run\" --port-free\n")]
    [InlineData("""{ "name": "night", "steps": ["export run", "verify \"a run\" --port-free"] }""")]
    public void Yaml_and_json_are_verbs_one_after_another(string text)
    {
        var job = JobSpecification.Parse(text);
        Assert.Equal("night", job.Name);
        Assert.Equal([["export", "run"], ["verify", "a run", "--port-free"]], job.Steps.Select(step => step.Arguments));
        Assert.Equal("verify \"a run\" --port-free", job.Steps[1].Text);
        Assert.Equal(job.Steps.Select(step => step.Arguments), JobSpecification.FromJson("night", job.ToJson()).Steps.Select(step => step.Arguments));
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_with_its_step()
    {
        var job = JobSpecification.Parse(
            """
            name: a b
            steps:
            - ""
            - rm -rf /
            - profile mobilenet_v9 --device box
            - profile mobilenet_v1 --server https://elsewhere
            - slim run --target "x; macs<=1M" --port=5
            - verify run --server:https://elsewhere
            - demo
            - train mnasnet --help
            - export run --bogus
            """);
        Assert.Equal(
            Beginnings,
            job.Problems().Zip(Beginnings).Select(pair => pair.First.StartsWith(pair.Second, StringComparison.Ordinal) ? pair.Second : pair.First));
    }

    [Theory]
    [InlineData("profile mobilenet_v1 --device box", false)]
    [InlineData("profile mobilenet_v1 --device=box --memory", false)]
    [InlineData("profile mobilenet_v1", true)]
    [InlineData("profile mobilenet_v1 --device local", true)]
    [InlineData("verify run --device box", true)]
    public void A_step_computes_unless_it_profiles_another_machine(string step, bool computes) =>
        Assert.Equal(computes, JobSpecification.Parse($"name: x\nsteps:\n- {step}\n").Computes);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("name: x")]
    [InlineData("name: x\nsteps:")]
    [InlineData("name: x\nsteps: []")]
    public void A_job_without_steps_is_refused(string text) => Assert.Contains("the job has 0 steps, expected 1 to 100", JobSpecification.Parse(text).Problems());

    [Fact]
    public void A_job_of_too_many_steps_is_refused() => Assert.Equal(
        "the job has 101 steps, expected 1 to 100", Assert.Single(JobSpecification.Parse($"name: x\nsteps:\n{string.Concat(Enumerable.Repeat("- export run\n", 101))}").Problems()));

    [Theory]
    [InlineData("name: x\nstep: [export run]")]
    [InlineData("name: [1")]
    [InlineData("just a line")]
    [InlineData("- export run")]
    [InlineData("name: x\nsteps: export run")]
    [InlineData("name: x\nsteps: [{a: b}]")]
    [InlineData("name: x\nsteps: [[export run]]")]
    [InlineData("name: *nobody")]
    [InlineData("name: !!python/object:os.system x\nsteps: {}")]
    public void Text_that_is_no_job_is_refused_in_one_line(string text)
    {
        var error = Assert.Throws<FormatException>(() => JobSpecification.Parse(text));
        Assert.StartsWith("the job cannot be read: line ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("!<> x")]
    [InlineData("name: !<> x\nsteps: [export run]")]
    public void A_tag_without_a_name_is_refused_in_one_line(string text)
    {
        var problem = Assert.Single(JobSpecification.Read(text).Problems);
        Assert.StartsWith("the job cannot be read: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    [Theory]
    [InlineData("name: x\nsteps:\n- slim run --target \"small: macs<=3M\"", 3)]
    [InlineData("name: x\nsteps: [{a: b}]", 2)]
    public void A_step_that_yaml_takes_for_an_object_is_to_be_quoted(string text, int line) => Assert.Equal(
        $"the job cannot be read: line {line}: there is a list or an object where a text is expected; expected 'name: NAME' and 'steps:' with a list of verbs, in single quotes where one has ': ' in it",
        Assert.Throws<FormatException>(() => JobSpecification.Parse(text)).Message);

    [Fact]
    public void A_text_that_is_too_long_is_refused() => Assert.StartsWith("the job has 1048577 characters", Assert.Throws<FormatException>(() => JobSpecification.Parse(new('x', (1 << 20) + 1))).Message, StringComparison.Ordinal);

    /// <summary>Ten lists of ten aliases each would be ten billion lines; brackets without end a stack without end.</summary>
    [Fact]
    public void Texts_that_grow_when_they_are_read_end_soon()
    {
        var aliases = "name: x\nsteps: &a0 [export run]\n" + string.Concat(Enumerable.Range(1, 10).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        string[] deep = [$"name: {new string('[', 100_000)}", $"steps: {new string('[', 100_000)}", string.Concat(Enumerable.Range(0, 2000).Select(i => new string(' ', i) + "a:\n"))];
        var clock = Stopwatch.StartNew();
        Assert.All([aliases, .. deep], text => Assert.Throws<FormatException>(() => JobSpecification.Parse(text)));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
        Assert.NotEmpty(JobSpecification.Parse("name: x\nsteps: &a [*a, *a]").Problems());
        Assert.Equal(3, JobSpecification.Parse("name: &n x\nsteps: [&s export run, *s, *n]").Steps.Count);
    }

    [Theory]
    [InlineData("train mnasnet --data d --out=run", "run")]
    [InlineData("train mnasnet --out:run --data d", "run")]
    [InlineData("train mnasnet --data d --out \"a run\"", "a run")]
    [InlineData("train mnasnet --data d --outer run", null)]
    [InlineData("train mnasnet --data d --out", null)]
    public void An_option_is_found_however_it_is_written(string step, string? output) => Assert.Equal(output, JobStep.Parse(step).Value("--out"));
}
