using System.Buffers.Binary;
using System.Text;

namespace AutoSlim.Training.Tests.Native;

/// <summary>
/// A hand-built 64-bit ELF file with three sections: none, strings, and the version requirements of two needed files
/// (GLIBC_2.2 and GLIBC_2.4 of the first, GLIBCXX_3.4.32 and GLIBC_2.4 of the second).
/// </summary>
internal static class SmallElf
{
    public const int Flags22 = 164, Flags24 = 180, FlagsCxx = 212, SecondFlags24 = 228;

    private const int Strings = 64, Needs = 144, Sections = 240, SectionBytes = 64, Length = Sections + 3 * SectionBytes;

    public static byte[] Bytes()
    {
        var bytes = new byte[Length];
        "\u007fELF\u0002\u0001"u8.CopyTo(bytes);
        Number(bytes, 0x28, Sections, 8);
        Number(bytes, 0x3A, SectionBytes, 2);
        Number(bytes, 0x3C, 3, 2);
        var names = Encoding.ASCII.GetBytes("\0GLIBC_2.2\0GLIBC_2.4\0GLIBCXX_3.4.32\0");
        names.CopyTo(bytes, Strings);
        Section(bytes, 1, type: 3, Strings, link: 0, info: 0);
        Section(bytes, 2, type: 0x6ffffffe, Needs, link: 1, info: 2);
        File(bytes, Needs, next: 48);
        Entry(bytes, Needs + 16, name: 1, next: 16);
        Entry(bytes, Needs + 32, name: 11, next: 0);
        File(bytes, Needs + 48, next: 0);
        Entry(bytes, Needs + 64, name: 21, next: 16);
        Entry(bytes, Needs + 80, name: 11, next: 0);
        return bytes;
    }

    private static void Section(byte[] bytes, int index, uint type, int offset, uint link, uint info)
    {
        var at = Sections + index * SectionBytes;
        Number(bytes, at + 4, type, 4);
        Number(bytes, at + 24, (ulong)offset, 8);
        Number(bytes, at + 40, link, 4);
        Number(bytes, at + 44, info, 4);
    }

    /// <summary>Verneed: version, count, file name, offset of the first entry, offset of the next file.</summary>
    private static void File(byte[] bytes, int at, uint next)
    {
        Number(bytes, at, 1, 2);
        Number(bytes, at + 2, 2, 2);
        Number(bytes, at + 8, 16, 4);
        Number(bytes, at + 12, next, 4);
    }

    /// <summary>Vernaux: hash, flags, index, name, offset of the next.</summary>
    private static void Entry(byte[] bytes, int at, uint name, uint next)
    {
        Number(bytes, at + 8, name, 4);
        Number(bytes, at + 12, next, 4);
    }

    private static void Number(byte[] bytes, int at, ulong value, int size)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(all, value);
        all[..size].CopyTo(bytes.AsSpan(at));
    }
}
