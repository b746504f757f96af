using AutoSlim.Host.Terminal;
using Spectre.Console;

namespace AutoSlim.Host.Commands;

/// <summary>The result of <c>describe</c> for people.</summary>
internal static class DescriptionTable
{
    private const double BytesPerMebibyte = 1024 * 1024;

    public static void Write(IAnsiConsole console, NetworkDescription description, int classes)
    {
        console.WriteLine($"{description.Network}, {description.Layout} layout, {description.Resolution} x {description.Resolution}, {classes} classes");
        console.WriteLine();
        console.WriteLine($"multiply-adds      {description.MultiplyAdds,15:N0}");
        console.WriteLine($"parameters         {description.Parameters,15:N0}");
        console.WriteLine($"peak activation    {description.PeakActivationBytes,15:N0} bytes ({description.PeakActivationBytes / BytesPerMebibyte:0.00} MiB)");
        console.Write(Groups(description));
    }

    private static Table Groups(NetworkDescription description)
    {
        var table = TerminalTable.Create("group", "channels", "minimum", "maximum", "step");
        foreach (var group in description.Groups)
            table.AddRow(new Text(group.Name), Number(group.Channels), Number(group.Minimum), Number(group.Maximum), Number(group.Step));
        return table;
    }

    private static Text Number(int channels) => new($"{channels}");
}
