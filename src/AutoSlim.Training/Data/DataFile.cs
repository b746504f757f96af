using System.IO.Compression;

namespace AutoSlim.Training.Data;

/// <summary>One file of a data folder, plain or gzipped. Reading it allocates what the file holds, never what a header claims.</summary>
internal sealed class DataFile
{
    /// <summary>No data set read here comes near it: 1 GiB of pixels.</summary>
    public const int MaximumBytes = 1 << 30;

    private const int FirstBufferBytes = 1 << 20;
    private const string GzipExtension = ".gz";

    private readonly string path;

    public DataFile(string path) => this.path = path;

    public string Name => Path.GetFileName(path);

    /// <summary>The file called <paramref name="name"/>, or its gzipped form, or null when the folder has neither.</summary>
    public static DataFile? Find(string folder, string name)
    {
        var plain = Path.Combine(folder, name);
        if (File.Exists(plain)) return new(plain);
        return File.Exists(plain + GzipExtension) ? new(plain + GzipExtension) : null;
    }

    /// <summary>Its bytes after decompression, but not more than <paramref name="maximumBytes"/> of them.</summary>
    /// <exception cref="DataException">Called .gz but not gzip, or damaged, or unreadable.</exception>
    public byte[] Read(int maximumBytes)
    {
        try
        {
            using var stream = Open();
            return ReadUpTo(stream, maximumBytes);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw Problem($"cannot be read: {fault.Message}");
        }
    }

    public DataException Problem(string found) => new($"{Name}: {found}");

    private Stream Open()
    {
        var file = File.OpenRead(path);
        if (!path.EndsWith(GzipExtension, StringComparison.OrdinalIgnoreCase)) return file;
        if (file.ReadByte() != 0x1F || file.ReadByte() != 0x8B)
        {
            file.Dispose();
            throw Problem("is not gzip, expected a file that starts with the bytes 1F 8B; decompress it or drop the .gz from its name");
        }

        file.Position = 0;
        return new GZipStream(file, CompressionMode.Decompress);
    }

    private static byte[] ReadUpTo(Stream stream, int maximumBytes)
    {
        var buffer = new byte[Math.Min(maximumBytes, FirstBufferBytes)];
        var length = 0;
        while (true)
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
            length += read;
            if (length < buffer.Length || length == maximumBytes) break;
            Array.Resize(ref buffer, (int)Math.Min(maximumBytes, 2L * buffer.Length));
        }

        Array.Resize(ref buffer, length);
        return buffer;
    }
}
