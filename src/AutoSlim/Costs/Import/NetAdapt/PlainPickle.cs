using System.Buffers.Binary;
using System.Text;

namespace AutoSlim.Costs.Import.NetAdapt;

/// <summary>
/// Reads a Python pickle that holds plain values only: numbers, text, lists, tuples, dictionaries, ordered dictionaries. An instruction to
/// make an object of any other class, or to call anything, is refused before anything is made. Razorvine.Pickle would not do: it makes
/// objects of unknown classes, and cannot read the ordered dictionary that NetAdapt writes. Instructions as in CPython's
/// Lib/pickletools.py, protocols 2 to 5, as far as such values need them.
/// </summary>
internal sealed class PlainPickle
{
    private const string OrderedDictionary = "collections OrderedDict";

    private static readonly object OrderedDictionaryClass = new();

    private readonly byte[] bytes;
    private readonly PickleStack stack = new();
    private int at;

    private PlainPickle(byte[] bytes) => this.bytes = bytes;

    /// <summary>Lists are lists, tuples arrays, whole numbers <see cref="long"/>, the others <see cref="double"/>.</summary>
    /// <exception cref="FormatException">Cut off, damaged, not plain, or of another protocol.</exception>
    public static object? Read(byte[] bytes)
    {
        var pickle = new PlainPickle(bytes);
        if (bytes.Length < 2 || bytes[0] != 0x80 || bytes[1] is < 2 or > 5) throw new FormatException("is no pickle of protocol 2 to 5");
        while (pickle.Byte() is var instruction && instruction != '.') pickle.Run(instruction);
        if (pickle.at != bytes.Length) throw new FormatException($"goes on after its end, at byte {pickle.at:N0}");
        return pickle.stack.Result();
    }

    private void Run(byte instruction)
    {
        switch ((char)instruction)
        {
            case '\x80': Take(1); break;
            case '\x95': Take(8); break;
            case '(': stack.Mark(); break;
            case '0': stack.Pop(); break;
            case 'N': stack.Push(null); break;
            case '\x88': stack.Push(true); break;
            case '\x89': stack.Push(false); break;
            case 'K': stack.Push((long)Byte()); break;
            case 'M': stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case 'J': stack.Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case '\x8a': stack.Push(Long(Take(Byte()))); break;
            case 'G': stack.Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case 'X': stack.Push(Text(Length())); break;
            case '\x8c': stack.Push(Text(Byte())); break;
            case 'q': stack.Remember(Byte()); break;
            case 'r': stack.Remember(Length()); break;
            case '\x94': stack.Remember(); break;
            case 'h': stack.Recall(Byte()); break;
            case 'j': stack.Recall(Length()); break;
            case 'c': stack.Push(Class(Line(), Line())); break;
            case '\x93': stack.Push(Class(stack.Pop(2))); break;
            case 'R': Make(stack.Pop(2)); break;
            default: Collect(instruction); break;
        }
    }

    private void Collect(byte instruction)
    {
        switch ((char)instruction)
        {
            case '}': stack.Push(new PickledMap()); break;
            case ']': stack.Push(new List<object?>()); break;
            case ')': stack.Push(Array.Empty<object?>()); break;
            case '\x85': stack.Push(stack.Pop(1)); break;
            case '\x86': stack.Push(stack.Pop(2)); break;
            case '\x87': stack.Push(stack.Pop(3)); break;
            case 't': stack.Push(stack.PopToMark()); break;
            case 'a': Append(stack.Pop(1)); break;
            case 'e': Append(stack.PopToMark()); break;
            case 's': Set(stack.Pop(2)); break;
            case 'u': Set(stack.PopToMark()); break;
            default: throw new FormatException($"has instruction 0x{instruction:x2} at byte {at - 1:N0}, which plain numbers, texts, lists and dictionaries do not need: it is damaged or makes objects");
        }
    }

    private void Append(object?[] items) => stack.Top<List<object?>>().AddRange(items);

    private void Set(object?[] items)
    {
        var map = stack.Top<PickledMap>();
        if (items.Length % 2 == 1) throw new FormatException("is damaged: a dictionary's key has no value");
        foreach (var pair in items.Chunk(2)) map.Items.Add(new(pair[0], pair[1]));
    }

    private void Make(object?[] classAndArguments)
    {
        if (classAndArguments is not [var made, object?[] { Length: 0 }] || made != OrderedDictionaryClass) throw new FormatException("calls a function, which a table need not");
        stack.Push(new PickledMap());
    }

    private static object Class(object?[] moduleAndName) => Class(moduleAndName[0] as string ?? "", moduleAndName[1] as string ?? "");

    private static object Class(string module, string name) => $"{module} {name}" == OrderedDictionary
        ? OrderedDictionaryClass
        : throw new FormatException($"refers to '{module}.{name}', expected plain numbers, texts, lists and dictionaries (write times as float(time))");

    /// <summary>Little-endian two's complement; up to 8 bytes.</summary>
    private static long Long(ReadOnlySpan<byte> value)
    {
        if (value.Length > sizeof(long)) throw new FormatException("has a whole number of more than 64 bits");
        Span<byte> padded = stackalloc byte[sizeof(long)];
        padded.Fill(value is [.., >= 0x80] ? (byte)0xff : (byte)0);
        value.CopyTo(padded);
        return BinaryPrimitives.ReadInt64LittleEndian(padded);
    }

    private byte Byte() => Take(1)[0];

    private long Length() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    private string Text(long length) => Encoding.UTF8.GetString(Take(length));

    private string Line()
    {
        var length = bytes.AsSpan(at).IndexOf((byte)'\n');
        if (length < 0) throw CutOff();
        var line = Text(length);
        at++;
        return line;
    }

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length > bytes.Length - at) throw CutOff();
        var taken = bytes.AsSpan(at, (int)length);
        at += (int)length;
        return taken;
    }

    private FormatException CutOff() => new($"is cut off after {bytes.Length:N0} bytes");
}
