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
}
