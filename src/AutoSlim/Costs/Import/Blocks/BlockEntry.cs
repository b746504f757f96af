namespace AutoSlim.Costs.Import.Blocks;

/// <summary>An entry of a block table, as it was written.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Fields">Texts by name.</param>
internal sealed record BlockEntry(string Name, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>Null when the field is missing.</summary>
    public string? this[string field] => Fields.GetValueOrDefault(field);
}
