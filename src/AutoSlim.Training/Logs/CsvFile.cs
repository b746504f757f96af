using AutoSlim.Files;
using nietras.SeparatedValues;

namespace AutoSlim.Training.Logs;

/// <summary>Numbers by step as a table: the step, then a column for each.</summary>
internal sealed class CsvFile : IDisposable
{
    private const string StepColumn = "step";
    private static readonly Sep Comma = Sep.New(',');

    private readonly IReadOnlyList<string> columns;
    private readonly FileStream file;
    private readonly SepWriter writer;

    /// <summary>Goes on with the file, without what it holds of later steps.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">After the step's.</param>
    /// <param name="stepsDone">Steps whose rows stay; 0 for a new file.</param>
    /// <exception cref="InvalidDataException">The file has other columns.</exception>
    public CsvFile(string path, IReadOnlyList<string> columns, int stepsDone)
    {
        this.columns = [StepColumn, .. columns];
        var goesOn = stepsDone > 0 && File.Exists(path);
        if (goesOn) WholeFile.WriteText(path, TextUpTo(path, stepsDone));
        else File.Delete(path);
        file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        writer = Comma.Writer(options => options with { WriteHeader = !goesOn }).To(new StreamWriter(file) { NewLine = "\n" });
        if (!goesOn) writer.Header.Add([.. this.columns]);
    }

    public void Append(int step, IReadOnlyList<double> values)
    {
        using var row = writer.NewRow();
        row[StepColumn].Format(step);
        foreach (var (index, value) in values.Index()) row[columns[index + 1]].Format(value);
    }

    /// <summary>To the disk: the checkpoint that counts on these rows is there too.</summary>
    public void Flush()
    {
        writer.Flush();
        file.Flush(flushToDisk: true);
    }

    public void Dispose() => writer.Dispose();

    /// <summary>A writer that was stopped may have left half a row.</summary>
    private string TextUpTo(string path, int step)
    {
        var text = File.ReadAllText(path);
        using var reader = Comma.Reader().FromText(text[..(text.LastIndexOf('\n') + 1)]);
        if (!reader.Header.ColNames.SequenceEqual(columns))
            throw new InvalidDataException($"'{path}' has the columns {string.Join(", ", reader.Header.ColNames)}, expected {string.Join(", ", columns)}; move it away to go on with a new one");
        var lines = new List<string> { string.Join(',', columns) };
        foreach (var row in reader)
            if (row[StepColumn].Parse<int>() <= step) lines.Add(row.ToString());
        return string.Join('\n', lines) + "\n";
    }
}
