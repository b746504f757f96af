namespace AutoSlim.Training.Data;

/// <summary>The CIFAR kind of binary file: records of a few label bytes, the last of which counts, and one planar image.</summary>
internal sealed record RecordFormat(int LabelBytes, int Channels, int Height, int Width, int Classes)
{
    public int RecordBytes => LabelBytes + ImageBytes;

    private int ImageBytes => Channels * Height * Width;

    /// <summary>The images of several files, in their order, as one set.</summary>
    /// <exception cref="DataException">A part that is empty, ends inside a record, or has a label out of range.</exception>
    public ImageSet Read(string name, IReadOnlyList<string> classNames, IReadOnlyList<(string File, byte[] Bytes)> parts)
    {
        foreach (var (file, bytes) in parts) Check(file, bytes);
        var count = parts.Sum(part => part.Bytes.Length / RecordBytes);
        var (pixels, labels) = (new byte[count * ImageBytes], new int[count]);
        var image = 0;
        foreach (var (_, bytes) in parts)
            for (var record = 0; record < bytes.Length; record += RecordBytes, image++)
            {
                labels[image] = bytes[record + LabelBytes - 1];
                bytes.AsSpan(record + LabelBytes, ImageBytes).CopyTo(pixels.AsSpan(image * ImageBytes));
            }

        return new(name, Channels, Height, Width, classNames, pixels, labels);
    }

    private void Check(string file, byte[] bytes)
    {
        var count = bytes.Length / RecordBytes;
        if (bytes.Length == 0 || bytes.Length % RecordBytes != 0)
            throw new DataException($"{file}: has {bytes.Length} bytes, {count} records and {bytes.Length % RecordBytes} bytes more; expected a multiple of {RecordBytes}, at least one: is it truncated?");
        for (var image = 0; image < count; image++)
            if (bytes[image * RecordBytes + LabelBytes - 1] is var label && label >= Classes)
                throw new DataException($"{file}: image {image} has label {label}, expected 0 to {Classes - 1}");
    }
}
