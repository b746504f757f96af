using System.Buffers.Binary;
using System.Text;

namespace AutoSlim.Training.Native;

/// <summary>As much of a 64-bit little-endian ELF shared object as its version requirements need (System V gABI, GNU symbol versioning).</summary>
internal sealed class ElfImage(byte[] bytes)
{
    private const uint VersionNeedSection = 0x6ffffffe;
    private const ushort WeakFlag = 2;

    public byte[] Bytes => bytes;

    /// <summary>
    /// Marks every requirement of <paramref name="version"/> as weak, so that the loader warns instead of failing where the
    /// system's library is older. Returns how many it marked.
    /// </summary>
    /// <exception cref="InvalidDataException">Not such a file, or a table points outside it.</exception>
    public int WeakenRequirement(string version)
    {
        try
        {
            if (!bytes.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8)) throw new InvalidDataException("not a 64-bit little-endian ELF file");
            return VersionNeedSections().Sum(section => WeakenSection(section, Encoding.ASCII.GetBytes(version)));
        }
        catch (Exception fault) when (fault is ArgumentOutOfRangeException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("a table of the ELF file points outside the file", fault);
        }
    }

    private IEnumerable<int> VersionNeedSections()
    {
        var table = Offset(0x28);
        int entrySize = Half(0x3A), count = Half(0x3C);
        return Enumerable.Range(0, count).Select(index => table + index * entrySize).Where(section => Word(section + 4) == VersionNeedSection);
    }

    /// <summary>A section is a chain of needed files, each with a chain of needed versions.</summary>
    private int WeakenSection(int section, byte[] version)
    {
        var strings = Offset(Offset(0x28) + (int)Word(section + 40) * Half(0x3A) + 24);
        var marked = 0;
        var file = Offset(section + 24);
        for (var files = Word(section + 44); files > 0; files--)
        {
            var entry = file + (int)Word(file + 8);
            for (var entries = Half(file + 2); entries > 0; entries--)
            {
                if (NameAt(strings + (int)Word(entry + 8)).SequenceEqual(version)) marked += Weaken(entry + 4);
                if (entries > 1) entry = Next(entry);
            }

            if (files > 1) file = Next(file);
        }

        return marked;
    }

    /// <summary>A link that leads nowhere, or back, would keep the walk going for a number of rounds that the file itself names.</summary>
    private int Next(int link) =>
        Word(link + 12) is var step and > 0 and < int.MaxValue ? checked(link + (int)step) : throw new InvalidDataException("a chain of the ELF file does not advance");

    private int Weaken(int flags)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(flags), (ushort)(Half(flags) | WeakFlag));
        return 1;
    }

    private ReadOnlySpan<byte> NameAt(int offset)
    {
        var name = bytes.AsSpan(offset);
        return name[..name.IndexOf((byte)0)];
    }

    private int Offset(int at) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));

    private uint Word(int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private ushort Half(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
}
