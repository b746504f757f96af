using AutoSlim.Onnx.Proto;
using Google.Protobuf;

namespace AutoSlim.Onnx;

/// <summary>What an ONNX model says about itself, by key, beside its graph.</summary>
public static class OnnxMetadata
{
    /// <summary>The same model with one entry more.</summary>
    /// <param name="model">Bytes of an ONNX file.</param>
    /// <param name="key">One that it does not have.</param>
    /// <param name="value">Any text.</param>
    /// <exception cref="InvalidDataException">No ONNX model.</exception>
    /// <exception cref="ArgumentException">It has such an entry.</exception>
    public static byte[] With(byte[] model, string key, string value)
    {
        var parsed = Parse(model);
        if (parsed.MetadataProps.Any(entry => entry.Key == key)) throw new ArgumentException($"the model has an entry '{key}' already", nameof(key));
        parsed.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return parsed.ToByteArray();
    }

    /// <summary>The value under <paramref name="key"/>, or null.</summary>
    /// <param name="model">Bytes of an ONNX file.</param>
    /// <param name="key">Looked for.</param>
    /// <exception cref="InvalidDataException">No ONNX model.</exception>
    public static string? Find(byte[] model, string key) => Parse(model).MetadataProps.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static ModelProto Parse(byte[] model)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(model);
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }
}
