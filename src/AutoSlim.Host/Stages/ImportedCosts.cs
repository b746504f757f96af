using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>The costs of a device that never measured here, from its imported table.</summary>
internal static class ImportedCosts
{
    private const int OperatorsShown = 3;

    /// <summary>Null for a device that has no imported table, or one of its own besides: what was measured here goes before.</summary>
    /// <param name="definition">To be priced.</param>
    /// <param name="profilesFolder">Of the cost tables.</param>
    /// <param name="device">As it was named when its table was imported.</param>
    /// <param name="notices">Told that these latencies were never checked.</param>
    /// <exception cref="CommandFailedException">The table cannot price every width of the network.</exception>
    /// <exception cref="CostTableFileException">A table of the device cannot be used.</exception>
    public static async Task<DeviceCosts?> FindAsync(NetworkDefinition definition, string profilesFolder, string device, TextWriter notices)
    {
        var tables = CostTableFile.Of(profilesFolder, device).Select(CostTableFile.Read).ToList();
        if (tables is not [{ IsImported: true } table]) return null;
        RequirePriced(definition, device, table);
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
