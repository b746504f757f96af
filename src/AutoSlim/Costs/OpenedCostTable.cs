namespace AutoSlim.Costs;

/// <summary>A device's cost table, ready to be added to.</summary>
/// <param name="Table">Empty when the device was never measured as it is now.</param>
/// <param name="Notice">What the user should know about the file found there, or null.</param>
public sealed record OpenedCostTable(CostTable Table, string? Notice);
