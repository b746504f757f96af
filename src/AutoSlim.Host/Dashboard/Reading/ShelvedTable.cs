using AutoSlim.Costs;
using AutoSlim.Costs.Review;

namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>A cost table's file, and what is in it or why it cannot be read.</summary>
/// <param name="Device">Whose it is.</param>
/// <param name="Path">Of the file.</param>
/// <param name="WrittenAt">UTC.</param>
internal sealed record ShelvedTable(string Device, string Path, DateTime WrittenAt)
{
    public string Provider => System.IO.Path.GetFileNameWithoutExtension(Path);

    public CostTable? Table { get; private init; }

    public CostTableReview? Review { get; private init; }

    /// <summary>Null where it could be read.</summary>
    public string? Problem { get; private init; }

    public static ShelvedTable Read(string device, string path, DateTime writtenAt)
    {
        try
        {
            var table = CostTableFile.Read(path);
            return new(device, path, writtenAt) { Table = table, Review = CostTableReview.Of(table) };
        }
        catch (Exception error) when (error is CostTableFileException or IOException or UnauthorizedAccessException)
        {
            return new(device, path, writtenAt) { Problem = error.Message };
        }
    }
}
