using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

public sealed class SettlingRecordTests : IDisposable
{
    private static readonly IReadOnlyList<Target> Targets = [Target.Parse("small: latency@phone<=8ms")];

    private readonly TemporaryFolder folder = new();
    private readonly RunFolder run;

    public SettlingRecordTests()
    {
        run = new(folder.Path);
        SettlingRecord.Write(run, Targets, new() { Settled = true });
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_search_that_goes_on_keeps_what_it_learnt()
    {
        File.WriteAllText(run.TracePath, "");
        Assert.True(SettlingRecord.Read(run, Targets).Settled);
    }

    /// <summary>Deleting it is what the message of a trace of another search advises: what is chosen then was never measured.</summary>
    [Fact]
    public void Who_deletes_the_trace_begins_anew_and_has_the_choices_measured() => Assert.False(SettlingRecord.Read(run, Targets).Settled);

    [Fact]
    public void Other_targets_begin_anew()
    {
        File.WriteAllText(run.TracePath, "");
        Assert.False(SettlingRecord.Read(run, [Target.Parse("small: latency@phone<=7ms")]).Settled);
    }

    [Fact]
    public void Networks_of_an_earlier_search_keep_their_targets_and_what_was_learnt_of_them()
    {
        var learnt = new Dictionary<string, IReadOnlyDictionary<string, double>> { ["latency@phone"] = new Dictionary<string, double> { ["small"] = 1.1, ["large"] = 1.2 } };
        SettlingRecord.Write(run, Target.ParseAll(["small: latency@phone<=8ms", "large: latency@phone<=9ms"]), new() { Settled = true, Corrections = learnt });
        SettlingRecord.Write(run, Target.ParseAll(["tiny: latency@phone<=1ms", "large: latency@phone<=10ms"]), new());
        Assert.Equal(["tiny: latency@phone<=1ms", "large: latency@phone<=10ms", "small: latency@phone<=8ms"], SettlingRecord.TargetsOf(run).Select(target => $"{target}"));
        Assert.Equal(["small"], SettlingRecord.Corrections(run, "latency@phone").Keys);
    }

    [Theory]
    [InlineData("\"missed\": []", "\"missed\": null")]
    [InlineData("\"corrections\": {}", "\"corrections\": null")]
    public void A_record_that_lacks_a_key_is_damaged_and_says_what_to_do(string there, string damaged)
    {
        File.WriteAllText(run.TracePath, "");
        var text = File.ReadAllText(run.SettlingPath);
        Assert.Contains(there, text, StringComparison.Ordinal);
        File.WriteAllText(run.SettlingPath, text.Replace(there, damaged, StringComparison.Ordinal));
        Assert.EndsWith("delete it, and slim measures its choices again", Assert.Throws<InvalidDataException>(() => SettlingRecord.Read(run, Targets)).Message, StringComparison.Ordinal);
    }
}
