using AutoSlim.Profiling;
using MessagePack;

namespace AutoSlim.Tests.Profiling;

/// <summary>The bytes of protocol version 3. A change here needs a new <see cref="ProfilerProtocol.Version"/>.</summary>
public sealed class WireBytesTests
{
    private const string DeviceHex =
        "9caa436f727465782d413732a94c696e757820362e31a561726d3634ab6f6e6e7872756e74696d65a6312e33312e31b0" +
        "30313233343536373839616263646566a343505501a3616c6ca46e6f6e65a3616e79cb0000000000000000";

    private const string PlanHex =
        "99cb403400000000000003cb40000000000000000928cb3f8eb851eb851eb8cb3fee666666666666cb3fe33333333333" +
        "33cb40c3880000000000";

    private static readonly string HashHex = "d940" + string.Concat(Enumerable.Repeat("61", 64));
    private static readonly string NineSamplesHex = "99" + string.Concat(Enumerable.Repeat("cb3ff8000000000000", 9));

    private static readonly string SamplesHex = $"9500{NineSamplesHex}02c094cb4044c00000000000cb409c200000000000c0c0";
    private static readonly string LeaseHex = $"92{HashHex}02";

    [Fact]
    public void Greeting() => AssertBytes($"95a470692d3403{DeviceHex}0391{LeaseHex}", Messages.Hello);

    [Fact]
    public void Answer_to_a_greeting() => AssertBytes("9201c0", Messages.Welcome);

    [Fact]
    public void Probe_request() => AssertBytes($"93a4636f6e76{HashHex}{PlanHex}", Messages.Probe);

    [Fact]
    public void Probe_result() => AssertBytes(SamplesHex, Messages.Samples);

    [Fact]
    public void Report() => AssertBytes($"93{LeaseHex}{SamplesHex}c0", Messages.Report);

    [Fact]
    public void Heartbeat() => AssertBytes($"9291{LeaseHex}94cb4044c00000000000cb409c200000000000c0c0", Messages.Heartbeat);

    [Fact]
    public void Evaluation_request() => AssertBytes($"98{HashHex}{HashHex}0102030405cb408f400000000000", Messages.Evaluation);

    [Fact]
    public void Evaluation_result() => AssertBytes("930294ca3f000000cabf800000ca00000000ca40000000c0", Messages.Logits);

    [Fact]
    public void Memory_request() => AssertBytes($"94a36e6574{HashHex}05cb408f400000000000", Messages.Memory);

    [Fact]
    public void Memory_result() => AssertBytes("9400ce00632ea0ce042c1d80c0", Messages.Peak);

    [Fact]
    public void A_message_survives_the_wire()
    {
        Assert.Equal(Messages.Hello.Holding, Again(Messages.Hello).Holding);
        Assert.Equal(Messages.Hello, Again(Messages.Hello) with { Holding = Messages.Hello.Holding });
        Assert.Equal(Messages.Probe, Again(Messages.Probe));
        Assert.Equal(Messages.Evaluation, Again(Messages.Evaluation));
        Assert.Equal(Messages.Memory, Again(Messages.Memory));
        Assert.Equal(Messages.Peak, Again(Messages.Peak));
        Assert.Equal(Messages.Samples.SamplesMicroseconds, Again(Messages.Samples).SamplesMicroseconds);
        Assert.Equal(Messages.Logits.Logits, Again(Messages.Logits).Logits);
    }

    private static T Again<T>(T message) =>
        MessagePackSerializer.Deserialize<T>(MessagePackSerializer.Serialize(message, WireFormat.Options, TestContext.Current.CancellationToken), WireFormat.Options, TestContext.Current.CancellationToken);

    private static void AssertBytes<T>(string expected, T message) =>
        Assert.Equal(expected, Convert.ToHexStringLower(MessagePackSerializer.Serialize(message, WireFormat.Options, TestContext.Current.CancellationToken)));
}
