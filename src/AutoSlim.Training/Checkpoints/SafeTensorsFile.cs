using AutoSlim.Files;

namespace AutoSlim.Training.Checkpoints;

/// <summary>
/// Named tensors and text metadata in the safetensors format: the header's length (8 bytes, little-endian), a JSON header, the data.
/// </summary>
public sealed record SafeTensorsFile(IReadOnlyDictionary<string, StoredTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>
    /// Writes beside <paramref name="path"/> and renames, so that a file of that name is always whole. The same content gives the same
    /// bytes: tensors and metadata in ordinal order.
    /// </summary>
    public void Write(string path) => WholeFile.Write(path, stream => SafeTensorsWriter.Write(stream, this));

    /// <exception cref="CheckpointException">Not a whole safetensors file, or one with element types other than those of <see cref="ElementType"/>.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static SafeTensorsFile Read(string path)
    {
        using var stream = File.OpenRead(path);
        return SafeTensorsReader.Read(stream, $"'{path}'");
    }

    /// <summary>Only the text metadata of a whole file: quick, however large it is.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        using var stream = File.OpenRead(path);
        return SafeTensorsReader.ReadMetadata(stream, $"'{path}'");
    }
}
