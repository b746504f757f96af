namespace AutoSlim.Training.Data;

/// <summary>How one image is laid into a batch: moved by whole pixels, perhaps mirrored.</summary>
internal readonly record struct Placement(int RowShift, int ColumnShift, bool Mirrored)
{
    /// <summary>Copies one channel, pixel values translated by <paramref name="table"/>; positions without a source get the value of black.</summary>
    public void Copy(ReadOnlySpan<byte> source, Span<float> target, int width, float[] table)
    {
        var height = source.Length / width;
        for (var row = 0; row < height; row++)
        {
            var line = target.Slice(row * width, width);
            var sourceRow = row - RowShift;
            if (sourceRow < 0 || sourceRow >= height) line.Fill(table[0]);
            else CopyRow(source.Slice(sourceRow * width, width), line, table);
        }
    }

    private void CopyRow(ReadOnlySpan<byte> source, Span<float> target, float[] table)
    {
        for (var column = 0; column < target.Length; column++)
        {
            var shifted = column - ColumnShift;
            var from = Mirrored ? target.Length - 1 - shifted : shifted;
            target[column] = (uint)from < (uint)source.Length ? table[source[from]] : table[0];
        }
    }
}
