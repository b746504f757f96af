using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>The costs of a device that never measured here, from its imported table.</summary>
internal static class ImportedCosts
{
    private const int OperatorsShown = 3;

    /// <summary>
    /// Null for a device that has no imported table, or one of its own besides: what was measured here goes before. The table is kept with
    /// the run: a search that has begun keeps its prices, whatever is imported later.
    /// </summary>
    /// <param name="run">The search's.</param>
    /// <param name="definition">To be priced.</param>
    /// <param name="profilesFolder">Of the cost tables.</param>
    /// <param name="device">As it was named when its table was imported.</param>
    /// <param name="notices">Told that these latencies were never checked.</param>
    /// <exception cref="CommandFailedException">The table cannot price every width of the network.</exception>
    /// <exception cref="CostTableFileException">A table of the device cannot be used.</exception>
    public static async Task<DeviceCosts?> FindAsync(RunFolder run, NetworkDefinition definition, string profilesFolder, string device, TextWriter notices)
    {
        var begun = File.Exists(run.TracePath) && File.Exists(run.CostTablePath(device)) ? CostTableFile.Read(run.CostTablePath(device)) : null;
        var tables = begun is null ? CostTableFile.Of(profilesFolder, device).Select(CostTableFile.Read).ToList() : [begun];
        if (tables is not [{ IsImported: true } table]) return null;
        RequirePriced(definition, device, table);
        if (begun is null) CostTableFile.Write(run.CostTablePath(device), table);
        await notices.WriteLineAsync($"slim: the latencies of '{device}' were imported ({table.Device.Runtime}) and never checked on the device: no error bound is known, and what is chosen is not measured");
        return DeviceCosts.Of(definition, device, table);
    }

    private static void RequirePriced(NetworkDefinition definition, string device, CostTable table)
    {
        var unpriced = ProfilingPlan.Unpriced(definition, table);
        if (unpriced.Count == 0) return;
        var more = unpriced.Count > OperatorsShown ? $" and {unpriced.Count - OperatorsShown:N0} more" : "";
        throw new CommandFailedException(
            $"the imported table of '{device}' has no times around {string.Join(", ", unpriced.Take(OperatorsShown).Select(signature => $"'{signature}'"))}{more}, which {definition.Name} at {definition.Input.Height} pixels may need: an import is never extrapolated; import a table of this network, or limit another cost");
    }
}
