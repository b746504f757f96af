using AutoSlim.Profiling;

namespace AutoSlim.Tests.Profiling;

public sealed class ValidationTests
{
    private static readonly MeasurementPlan Plan = new();

    [Fact]
    public void The_examples_are_valid()
    {
        Assert.Null(Messages.Hello.Problem());
        Assert.Null(Messages.Probe.Problem());
        Assert.Null(Messages.Report.Problem());
        Assert.Null(Messages.Heartbeat.Problem());
        Assert.Null(Messages.Samples.Problem(Plan));
        Assert.Null(Messages.Memory.Problem());
        Assert.Null(Messages.Peak.Problem());
        Assert.Null(MemoryResult.Failed("no such file").Problem());
        Assert.Null(Messages.Evaluation.Problem());
        Assert.Null(Messages.Logits.Problem(2));
        Assert.Empty(MeasurementPlan.Sitting.Problems());
    }

    [Theory]
    [InlineData(double.NaN, "sample 8 is NaN us")]
    [InlineData(-1.0, "sample 8 is -1 us")]
    [InlineData(0.0, "sample 8 is 0 us")]
    [InlineData(double.PositiveInfinity, "sample 8 is Infinity us")]
    [InlineData(1e12, "sample 8 is 1000000000000 us")]
    public void An_absurd_sample_is_named(double sample, string expected)
    {
        var result = Messages.Samples with { SamplesMicroseconds = [.. Enumerable.Repeat(1.5, 8), sample] };
        Assert.StartsWith(expected, result.Problem(Plan), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_that_contradict_themselves_are_refused()
    {
        Assert.Equal("status 9 is unknown", (Messages.Samples with { Status = (ProbeStatus)9 }).Problem(Plan));
        Assert.Equal("the list of samples is missing", (Messages.Samples with { SamplesMicroseconds = null! }).Problem(Plan));
        Assert.Equal("41 samples, expected at most 40", (Messages.Samples with { SamplesMicroseconds = new double[41] }).Problem(Plan));
        Assert.Equal("0 samples, expected at least 9", (Messages.Samples with { SamplesMicroseconds = [] }).Problem(Plan));
        Assert.Equal("the conditions are missing", (Messages.Samples with { Conditions = null! }).Problem(Plan));
        Assert.Equal("the battery is 101, expected 0 to 100", (Messages.Samples with { Conditions = new(null, null, 101) }).Problem(Plan));
        Assert.Equal("the temperature is NaN, expected -100 to 250", (Messages.Samples with { Conditions = new(double.NaN, null, null) }).Problem(Plan));
        Assert.Equal("-1 samples were dropped, expected 0 to 10000000", (Messages.Samples with { Dropped = -1 }).Problem(Plan));
        Assert.Equal("status Failed without a reason", (Messages.Samples with { Status = ProbeStatus.Failed }).Problem(Plan));
        Assert.Equal("a reason of 2001 characters, expected at most 2000", (Messages.Samples with { Status = ProbeStatus.Failed, Reason = new('x', 2001) }).Problem(Plan));
        Assert.Equal("a reason with control characters", (Messages.Samples with { Status = ProbeStatus.Thermal, Reason = "hot\u001b[2J" }).Problem(Plan));
        Assert.Null((Messages.Samples with { Status = ProbeStatus.Failed, Reason = "line one\nline two" }).Problem(Plan));
        Assert.Null(ProbeResult.Failed(new('x', 1 << 20)).Problem(Plan));
        Assert.Equal("4 logits, expected 3 images x 2 classes", Messages.Logits.Problem(3));
        Assert.Equal("logit 1 is NaN, expected a finite number", (Messages.Logits with { Logits = [0, float.NaN, 0, 0] }).Problem(2));
    }

    [Fact]
    public void A_memory_that_cannot_be_is_refused()
    {
        Assert.Equal("status 9 is unknown", (Messages.Peak with { Status = (ProbeStatus)9 }).Problem());
        Assert.Equal("the peak is 0 bytes, expected 1 to 70368744177664", (Messages.Peak with { PeakBytes = 0 }).Problem());
        Assert.Equal("the peak is 9223372036854775807 bytes, expected 1 to 70368744177664", (Messages.Peak with { PeakBytes = long.MaxValue }).Problem());
        Assert.Equal("-1 bytes are loaded, expected 1 to 70368744177664", (Messages.Peak with { LoadedBytes = -1 }).Problem());
        Assert.Equal("a memory and a reason at once", (Messages.Peak with { Reason = "x" }).Problem());
        Assert.Equal("status Failed without a reason", (Messages.Peak with { Status = ProbeStatus.Failed }).Problem());
        Assert.Null(MemoryResult.Failed(new('x', 1 << 20)).Problem());
    }

    [Fact]
    public void A_memory_request_that_cannot_be_followed_says_why()
    {
        Assert.Equal("the entry has no name", (Messages.Memory with { Entry = " " }).Problem());
        Assert.Equal("model hash '../x' is not 64 lower-case hex digits", (Messages.Memory with { ModelSha256 = "../x" }).Problem());
        Assert.Equal("0 runs, expected 1 to 1000", (Messages.Memory with { Runs = 0 }).Problem());
        Assert.Equal("the time limit is NaN ms, expected 1 to 600000", (Messages.Memory with { TimeLimitMilliseconds = double.NaN }).Problem());
    }

    [Fact]
    public void A_plan_names_everything_that_is_wrong_with_it()
    {
        var plan = new MeasurementPlan { MinimumSamples = 50, TargetRelativeHalfWidth = double.NaN, TimeLimitMilliseconds = 1e9 };
        Assert.Equal(
            ["MinimumSamples is 50, expected 1 to 40", "TargetRelativeHalfWidth is NaN, expected 0 to 1", "TimeLimitMilliseconds is 1000000000, expected 1 to 600000"],
            plan.Problems());
    }

    [Fact]
    public void A_size_that_overflows_is_too_large()
    {
        var problem = (Messages.Evaluation with { Count = 1 << 20, Channels = 1 << 20, Height = 1 << 20, Width = 1 << 20 }).Problem();
        Assert.Contains("send fewer at a time", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("../up")]
    [InlineData("two words")]
    public void A_name_that_is_no_folder_name_is_refused(string name) => Assert.NotNull((Messages.Hello with { Name = name }).Problem());

    [Fact]
    public void Another_protocol_is_refused_with_what_to_do()
    {
        Assert.Equal(
            "the agent speaks protocol 2, this host 3 to 3: update the agent to the host's release", (Messages.Hello with { ProtocolVersion = 2, OldestProtocolVersion = 1 }).Problem());
        Assert.Equal(
            "the agent speaks protocol 4 and newer, this host 3 to 3: update the host, or install the host's release of the agent",
            (Messages.Hello with { ProtocolVersion = 7, OldestProtocolVersion = 4 }).Problem());
        Assert.Null((Messages.Hello with { ProtocolVersion = 7 }).Problem());
    }

    [Fact]
    public void Leases_that_cannot_be_are_refused()
    {
        Assert.Equal("probe '../x' is not 64 lower-case hex digits", (Messages.Lease with { ProbeId = "../x" }).Problem());
        Assert.Equal("fence 0, expected at least 1", (Messages.Report with { Lease = Messages.Lease with { Fence = 0 } }).Problem());
        Assert.Equal("the lease is missing", (Messages.Report with { Lease = null! }).Problem());
        Assert.Equal("a latency and a memory at once", (Messages.Report with { Memory = Messages.Peak }).Problem());
        Assert.Equal("the list of leases is missing", (Messages.Heartbeat with { Holding = null! }).Problem());
        Assert.Equal("1025 leases, expected at most 1024", (Messages.Heartbeat with { Holding = [.. Enumerable.Repeat(Messages.Lease, 1025)] }).Problem());
        Assert.Equal("a lease is missing", (Messages.Hello with { Holding = [null!] }).Problem());
        Assert.Equal("the conditions are missing", (Messages.Heartbeat with { Conditions = null! }).Problem());
    }

    [Fact]
    public void Every_field_of_a_description_changes_the_fingerprint()
    {
        var device = Messages.Device;
        Assert.Equal("99074eff1396", device.Fingerprint);
        DeviceDescription[] others =
        [
            device with { Processor = "x" }, device with { OperatingSystem = "x" }, device with { Architecture = "x" },
            device with { Runtime = "x" }, device with { RuntimeVersion = "x" }, device with { NativeLibraryHash = "x" },
            device with { ExecutionProvider = "x" }, device with { IntraOpThreads = 2 }, device with { OptimizationLevel = "x" },
            device with { ProviderOptions = "x" }, device with { Cores = "x" }, device with { ProcessorQuota = 0.5 },
        ];
        Assert.Equal(others.Length + 1, others.Append(device).Select(other => other.Fingerprint).Distinct().Count());
    }
}
