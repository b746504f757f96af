using System.Buffers;
using AutoSlim.Profiling;
using MessagePack;

namespace AutoSlim.Benchmarks.Fleet.Fuzz;

/// <summary>
/// Messages to the hub as SignalR's MessagePack protocol frames them, bent: arguments of the wrong kind, size or number, leases that nobody gave, names that nobody has.
/// Those of <see cref="Broken"/> have no form at all and cost the connection.
/// </summary>
internal sealed class HubFrames(Random random)
{
    private const int InvocationType = 1;
    private const int LengthBits = 7;
    private const byte MoreLength = 0x80;
    private const int ScrambledBytes = 4;
    private const int LongText = 4096;
    private const int ManyLeases = 2000;

    private static readonly string[] Targets = [nameof(IProfilerHub.Greet), nameof(IProfilerHub.Deliver), nameof(IProfilerHub.Beat)];

    /// <summary>What the protocol begins with.</summary>
    public static byte[] Handshake { get; } = [.. "{\"protocol\":\"messagepack\",\"version\":1}"u8, 0x1e];

    /// <summary>A fair heartbeat, whose answer tells that all before it was read.</summary>
    public static byte[] Beat(string invocation) => Invocation(invocation, nameof(IProfilerHub.Beat), [Write(new Heartbeat([], DeviceConditions.Unknown))]);

    public static byte[] Greeting(string name) => Invocation("greeting", nameof(IProfilerHub.Greet), [Write(new AgentHello(name, ProfilerProtocol.Version, SimulatedDevice.Description, 0, []))]);

    /// <summary>Has a form, and nothing else that is right.</summary>
    public byte[] Hostile() => Framed(random.Next(8) switch
    {
        0 => Body(Text(), [Argument()]),
        1 => Body(Target(), [.. Enumerable.Range(0, random.Next(4)).Select(_ => Argument())]),
        2 => Body(nameof(IProfilerHub.Deliver), [Write(new ProbeReport(Lease(), Result(), random.Next(3) == 0 ? new(ProbeStatus.Ok, random.NextInt64(), random.NextInt64(), null) : null))]),
        3 => Body(nameof(IProfilerHub.Greet), [Write(new AgentHello(Text(), random.Next(-5, 9), random.Next(4) == 0 ? null! : SimulatedDevice.Description, random.Next(9), Leases()))]),
        4 => Body(nameof(IProfilerHub.Beat), [Write(new Heartbeat(random.Next(4) == 0 ? null! : Leases(), new(Number(), Number(), Number())))]),
        5 => Body(nameof(IProfilerHub.Deliver), [Scrambled(Write(new ProbeReport(Lease(), Result(), null)))]),
        6 => Body(nameof(IProfilerHub.Greet), [Scrambled(Write(new AgentHello("device-0", ProfilerProtocol.Version, SimulatedDevice.Description, 0, Leases())))]),
        _ => Completion(),
    });

    /// <summary>Costs the connection.</summary>
    public byte[] Broken()
    {
        var frame = Hostile();
        if (random.Next(3) == 0) return frame[..random.Next(1, frame.Length)];
        for (var flips = random.Next(1, ScrambledBytes); flips > 0; flips--) frame[random.Next(Math.Min(frame.Length, 24))] = (byte)random.Next(256);
        return frame;
    }

    private static byte[] Invocation(string invocation, string target, IReadOnlyList<byte[]> arguments) => Framed(Body(target, arguments, invocation));

    private byte[] Body(string target, IReadOnlyList<byte[]> arguments) => Body(target, arguments, random.Next(2) == 0 ? null : $"{random.Next()}");

    /// <summary>[type, headers, invocation, target, arguments, streams].</summary>
    private static byte[] Body(string target, IReadOnlyList<byte[]> arguments, string? invocation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(6);
        writer.Write(InvocationType);
        writer.WriteMapHeader(0);
        writer.Write(invocation);
        writer.Write(target);
        writer.WriteArrayHeader(arguments.Count);
        foreach (var argument in arguments) writer.WriteRaw(argument);
        writer.WriteArrayHeader(0);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An answer to something that the host did not ask.</summary>
    private byte[] Completion() => MessagePackSerializer.Serialize(new object?[] { 3, new Dictionary<string, string>(), $"{random.Next(100)}", 3, random.Next() });

    private static byte[] Framed(byte[] body)
    {
        List<byte> length = [];
        for (var rest = body.Length; ; rest >>= LengthBits)
        {
            var isLast = rest >> LengthBits == 0;
            length.Add((byte)((rest & (MoreLength - 1)) | (isLast ? 0 : MoreLength)));
            if (isLast) return [.. length, .. body];
        }
    }

    private static byte[] Write<T>(T message) => MessagePackSerializer.Serialize(message, WireFormat.Options);

    private byte[] Scrambled(byte[] bytes)
    {
        for (var flips = random.Next(1, ScrambledBytes); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private byte[] Argument() => random.Next(6) switch
    {
        0 => [0xc0],
        1 => Write(random.NextDouble()),
        2 => Write(Text()),
        3 => [0xdd, 0x7f, 0xff, 0xff, 0xff],
        4 => [.. Enumerable.Repeat((byte)0x91, random.Next(1, LongText)), 0xc0],
        _ => Bytes(),
    };

    private byte[] Bytes()
    {
        var bytes = new byte[random.Next(1, 64)];
        random.NextBytes(bytes);
        return bytes;
    }

    private string Target() => Targets[random.Next(Targets.Length)];

    private string Text() => random.Next(5) switch
    {
        0 => "",
        1 => new('x', random.Next(LongText)),
        2 => "../../etc/passwd",
        3 => $"device-{random.Next(1000)}",
        _ => "'; drop table probes; --\u0000\ud83d\ude00",
    };

    private double? Number() => random.Next(4) switch { 0 => null, 1 => double.NaN, 2 => double.PositiveInfinity, _ => (random.NextDouble() - 0.5) * 1e9 };

    private ProbeLease Lease() => random.Next(5) switch
    {
        0 => null!,
        1 => new(Text(), random.NextInt64()),
        _ => new(Convert.ToHexStringLower(Bytes()).PadRight(64, '0')[..64], random.NextInt64(-1, 5)),
    };

    private IReadOnlyList<ProbeLease> Leases() => [.. Enumerable.Range(0, random.Next(20) == 0 ? ManyLeases : random.Next(4)).Select(_ => Lease())];

    private ProbeResult? Result() => random.Next(4) == 0 ? null : new((ProbeStatus)random.Next(-1, 6), [.. Enumerable.Range(0, random.Next(50)).Select(_ => Number() ?? 1)], random.Next(-2, 9), random.Next(2) == 0 ? null : Text(), DeviceConditions.Unknown);
}
