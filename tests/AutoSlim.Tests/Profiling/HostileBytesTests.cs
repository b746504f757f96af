using AutoSlim.Profiling;
using CsCheck;
using MessagePack;

namespace AutoSlim.Tests.Profiling;

/// <summary>Whatever bytes arrive: a message that can be judged, or <see cref="MessagePackSerializationException"/>.</summary>
public sealed class HostileBytesTests
{
    [Fact]
    public void Random_bytes() => Gen.Byte.Array[0, 200].Sample(ReadAll);

    [Fact]
    public void Nested_and_lying_headers() =>
        Gen.OneOfConst<byte>(0x90, 0x91, 0x9f, 0xdc, 0xdd, 0xdf, 0xc6, 0xdb, 0xff, 0x80, 0xca, 0xcb).Array[0, 2000].Sample(ReadAll, iter: 500);

    [Fact]
    public void Greeting_with_changed_bytes() => Mutations(Messages.Hello);

    [Fact]
    public void Probe_request_with_changed_bytes() => Mutations(Messages.Probe);

    [Fact]
    public void Probe_result_with_changed_bytes() => Mutations(Messages.Samples);

    [Fact]
    public void Report_with_changed_bytes() => Mutations(Messages.Report);

    [Fact]
    public void Heartbeat_with_changed_bytes() => Mutations(Messages.Heartbeat);

    [Fact]
    public void Evaluation_request_with_changed_bytes() => Mutations(Messages.Evaluation);

    [Fact]
    public void Evaluation_result_with_changed_bytes() => Mutations(Messages.Logits);

    [Fact]
    public void Memory_request_with_changed_bytes() => Mutations(Messages.Memory);

    [Fact]
    public void Memory_result_with_changed_bytes() => Mutations(Messages.Peak);

    private static void Mutations<T>(T message)
    {
        var original = MessagePackSerializer.Serialize(message, WireFormat.Options);
        var change = Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte);
        Gen.Select(change.Array[1, 8], Gen.Int[0, original.Length]).Sample((changes, length) =>
        {
            var bytes = original.ToArray();
            foreach (var (position, value) in changes) bytes[position] = value;
            ReadAll(bytes[..length]);
            ReadAll(bytes);
        });
    }

    private static void ReadAll(byte[] bytes)
    {
        Read<AgentHello>(bytes, message => message?.Problem());
        Read<Welcome>(bytes, message => message?.Refusal);
        Read<ProbeRequest>(bytes, message => message?.Problem());
        Read<ProbeResult>(bytes, message => message?.Problem(new()));
        Read<ProbeReport>(bytes, message => message?.Problem());
        Read<Heartbeat>(bytes, message => message?.Problem());
        Read<MemoryRequest>(bytes, message => message?.Problem());
        Read<MemoryResult>(bytes, message => message?.Problem());
        Read<EvaluationRequest>(bytes, message => message?.Problem());
        Read<EvaluationResult>(bytes, message => message?.Problem(2));
    }

    private static void Read<T>(byte[] bytes, Func<T?, string?> judge)
    {
        try
        {
            judge(MessagePackSerializer.Deserialize<T>(bytes, WireFormat.Options));
        }
        catch (MessagePackSerializationException)
        {
            // Refused, as it should be.
        }
    }
}
