using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;

namespace AutoSlim.Host.Commands;

/// <summary>What <c>profile --plan</c> prints.</summary>
internal static class PlanText
{
    private const double Billion = 1e9;

    /// <summary>A small board's core, a phone's, a desktop's: billions of multiply-adds a second.</summary>
    private static readonly double[] Speeds = [1, 5, 25];

    /// <summary>Of every table that the device measured, or of none.</summary>
    /// <param name="output">Takes the text.</param>
    /// <param name="definition">What is to be priced.</param>
    /// <param name="profilesFolder">Of the cost tables.</param>
    /// <param name="device">As it is enrolled.</param>
    /// <param name="withMemory">Whether the memory is to be priced too.</param>
    /// <exception cref="CostTableFileException">A table cannot be used.</exception>
    public static async Task WriteAsync(TextWriter output, NetworkDefinition definition, string profilesFolder, string device, bool withMemory)
    {
        var tables = CostTableFile.Of(profilesFolder, device).Select(path => (Path: path, Table: CostTableFile.Read(path))).Where(file => !file.Table.IsImported).ToList();
        if (tables.Count == 0) await WriteAsync(output, $"{definition.Name} on '{device}', which has no table yet", ProfilingOutlook.Of(definition), withMemory);
        foreach (var (path, table) in tables) await WriteAsync(output, $"{definition.Name} on '{device}', beyond {path}", ProfilingOutlook.Of(definition, table), withMemory);
    }

    private static async Task WriteAsync(TextWriter output, string subject, ProfilingOutlook outlook, bool withMemory)
    {
        await output.WriteLineAsync($"{subject}: {(outlook.Probes == 0 ? "nothing is missing" : $"{outlook.Probes:N0} probes")}");
        if (withMemory) await output.WriteLineAsync($"  memory: {(outlook.Memories == 0 ? "nothing is missing" : $"{outlook.Memories} whole networks, in {MemoryProbing.Processes} processes each, some seconds apiece")}");
        if (outlook.Probes == 0) return;
        if (outlook.Alignment > 0) await output.WriteLineAsync($"  {outlook.Alignment} find how many channels the device works on at once; if that is more than one, up to two thirds more operators follow");
        await output.WriteLineAsync($"  {outlook.Operators:N0} operators, {outlook.Contexts:N0} contexts, in {ProbeRounds.Count} rounds");
        if (outlook.Operators > 0) await output.WriteLineAsync(FormattableString.Invariant($"  and more between them, where interpolation turns out to be more than {Refinement.MaximumError:0 %} off"));
        await output.WriteLineAsync($"  {outlook.Networks:N0} whole networks, {ProfileStage.CalibrationRounds} times each");
        await output.WriteLineAsync($"about {string.Join(", ", Speeds.Select(speed => Text(outlook, speed)))}; longer on a busy device");
    }

    private static string Text(ProfilingOutlook outlook, double speed) =>
        FormattableString.Invariant($"{outlook.Duration(speed * Billion).TotalMinutes:0.0} min at {speed} billion multiply-adds a second");
}
