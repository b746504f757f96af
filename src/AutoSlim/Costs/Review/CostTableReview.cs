using AutoSlim.Networks;

namespace AutoSlim.Costs.Review;

/// <summary>A cost table as a person looks at it: its operators by what they differ in besides width, and what to doubt.</summary>
/// <param name="Families">Sorted by name.</param>
/// <param name="Contexts">Measured surroundings.</param>
/// <param name="Networks">Measured whole networks.</param>
public sealed record CostTableReview(IReadOnlyList<OperatorFamily> Families, int Contexts, int Networks)
{
    public IEnumerable<OperatorCell> Cells => Families.SelectMany(family => family.Cells);

    public static CostTableReview Of(CostTable table)
    {
        var cells = new List<OperatorCell>();
        var (contexts, networks) = (0, 0);
        foreach (var (name, measurement) in table.Measurements)
        {
            if (ProbeEntry.OperatorNamed(name) is LayerSignature signature) cells.Add(OperatorCell.Of(table, signature, measurement));
            else if (ProbeEntry.IsNetwork(name)) networks++;
            else contexts++;
        }

        var families = cells.GroupBy(cell => OperatorFamily.NameOf(cell.Signature)).OrderBy(group => group.Key, StringComparer.Ordinal);
        return new([.. families.Select(group => OperatorFamily.Of(group.Key, group))], contexts, networks);
    }
}
