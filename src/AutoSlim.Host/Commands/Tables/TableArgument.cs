using System.CommandLine;
using AutoSlim.Costs;

namespace AutoSlim.Host.Commands.Tables;

/// <summary>A cost table, named by its file or by its device.</summary>
internal static class TableArgument
{
    public static Argument<string> Create(string name = "TABLE") => new(name) { Description = "a cost table's file, or a device's name" };

    /// <param name="text">As typed.</param>
    /// <param name="profiles">Folder of the cost tables.</param>
    /// <exception cref="UsageException">Neither a file nor a device with exactly one table.</exception>
    /// <exception cref="CostTableFileException">The file is no cost table.</exception>
    public static CostTable Read(string text, string profiles)
    {
        if (File.Exists(text)) return CostTableFile.Read(text);
        var files = CostTableFile.Of(profiles, text);
        return files.Count switch
        {
            1 => CostTableFile.Read(files[0]),
            0 => throw new UsageException($"'{text}' is neither a file nor a device with a table in '{profiles}'{Known(profiles)}; give a file, or name the folder with --profiles"),
            _ => throw new UsageException($"device '{text}' has several tables; give the file of one: {string.Join(", ", files)}"),
        };
    }

    private static string Known(string profiles)
    {
        var devices = CostTableFile.Devices(profiles);
        return devices.Count == 0 ? "" : $" (which has {string.Join(", ", devices)})";
    }
}
