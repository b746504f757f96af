namespace AutoSlim.Training.Checkpoints;

/// <summary>Sizes and names of <see cref="ElementType"/>.</summary>
internal static class ElementTypes
{
    public static IReadOnlyList<string> Names { get; } = Enum.GetNames<ElementType>();

    public static int Bytes(this ElementType type) => type switch
    {
        ElementType.F32 => sizeof(float),
        ElementType.I64 => sizeof(long),
        ElementType.F16 or ElementType.BF16 => sizeof(ushort),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, $"expected {string.Join(" or ", Names)}"),
    };

    public static ElementType? Parse(string? name) => Names.Contains(name) ? Enum.Parse<ElementType>(name!) : null;
}
