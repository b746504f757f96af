using Google.Protobuf;

namespace AutoSlim.Training.Tests.Logs;

/// <summary>
/// Reads an event file from the format's definition and shares nothing with the writer: checksums bit by bit, messages field by field.
/// </summary>
internal static class EventReader
{
    public sealed record Entry(double WallTime, long Step, string Version, IReadOnlyList<(string Tag, float Value)> Values);

    public static IReadOnlyList<Entry> Read(string path)
    {
        using var reader = new BinaryReader(new MemoryStream(File.ReadAllBytes(path)));
        var entries = new List<Entry>();
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var length = Checked(reader, 8);
            entries.Add(Parse(Checked(reader, (int)BitConverter.ToUInt64(length))));
        }

        return entries;
    }

    /// <summary>CRC-32C by its reversed polynomial.</summary>
    public static uint Crc(byte[] bytes)
    {
        var crc = 0xffffffffu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82f63b78 : crc >> 1;
        }

        return ~crc;
    }

    private static byte[] Checked(BinaryReader reader, int count)
    {
        var bytes = reader.ReadBytes(count);
        Assert.Equal(count, bytes.Length);
        var crc = Crc(bytes);
        Assert.Equal(((crc >> 15) | (crc << 17)) + 0xa282ead8, reader.ReadUInt32());
        return bytes;
    }

    private static Entry Parse(byte[] message)
    {
        var (time, step, version, values) = (0.0, 0L, "", new List<(string, float)>());
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag && tag != 0)
            switch (tag >> 3)
            {
                case 1: time = input.ReadDouble(); break;
                case 2: step = input.ReadInt64(); break;
                case 3: version = input.ReadString(); break;
                case 5: values.AddRange(Summary(input.ReadBytes())); break;
                default: Assert.Fail($"unexpected field {tag >> 3}"); break;
            }

        return new(time, step, version, values);
    }

    private static IEnumerable<(string, float)> Summary(ByteString summary)
    {
        var input = summary.CreateCodedInput();
        while (input.ReadTag() is var tag && tag != 0)
        {
            Assert.Equal(1u, tag >> 3);
            var value = input.ReadBytes().CreateCodedInput();
            Assert.Equal(1u, value.ReadTag() >> 3);
            var name = value.ReadString();
            Assert.Equal(2u, value.ReadTag() >> 3);
            yield return (name, value.ReadFloat());
        }
    }
}
