using AutoSlim.Costs.Import;

namespace AutoSlim.Tests.Costs.Import;

/// <summary>A table that somebody else wrote, in a folder of its own.</summary>
internal sealed class ImportedFile : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("autoslim-test-").FullName;

    public string Path => System.IO.Path.Combine(folder, "table");

    public static string Example(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Costs", "Import", name);

    public ImportedTable Read(string text, ImportFormat format) => Read(System.Text.Encoding.UTF8.GetBytes(text), format);

    public ImportedTable Read(byte[] bytes, ImportFormat format)
    {
        File.WriteAllBytes(Path, bytes);
        return TableImport.Read(Path, new() { Format = format, Batch = 1 });
    }

    public IReadOnlyList<string> Problems(string text, ImportFormat format) => Problems(System.Text.Encoding.UTF8.GetBytes(text), format);

    public IReadOnlyList<string> Problems(byte[] bytes, ImportFormat format) => Assert.Throws<TableImportException>(() => Read(bytes, format)).Problems;

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
